package dev.trifocal.backend.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.ProgramLock;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepInputs;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/** A session with constant weights, so that ONNX Runtime can fold them and change their layout. */
final class OnnxProgram implements Program {
  private final Graph graph;
  private final OrtSession session;
  private final SharedWeights weights;
  private final ProgramLock lock;

  private OnnxProgram(Graph graph, OrtSession session, SharedWeights weights) {
    this.graph = graph;
    this.session = session;
    this.weights = weights;
    this.lock = new ProgramLock(graph.name());
  }

  static OnnxProgram open(Graph graph, Weights weights, RunOptions options, SessionOpener opener) {
    SharedWeights shared = SharedWeights.of(OnnxExporter.ownSize(graph, weights), weights);
    try {
      return new OnnxProgram(
          graph, opener.open(graph.name(), shared.model(), options, shared::addTo), shared);
    } catch (RuntimeException e) {
      shared.close();
      throw e;
    }
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    return lock.run(() -> outputs(inputs));
  }

  private Map<String, Tensor> outputs(Map<String, Tensor> inputs) {
    int batch = StepInputs.batch(graph, inputs);
    Map<String, OnnxTensor> feed = new LinkedHashMap<>();
    Map<String, OnnxTensor> targets = new LinkedHashMap<>();
    try {
      for (Node node : graph.inputs()) {
        feed.put(node.path(), OnnxSessions.tensor(inputs.get(node.path())));
      }
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      for (String name : graph.outputs().keySet()) {
        OutputTensor output = OutputTensor.of(graph.output(name).batchShape(batch));
        targets.put(name, output.target());
        outputs.put(name, output.values());
      }
      session.run(feed, targets).close();
      return outputs;
    } catch (OrtException e) {
      throw OnnxSessions.failure(graph.name() + ": ONNX Runtime failed", e);
    } finally {
      feed.values().forEach(OnnxTensor::close);
      targets.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() {
    lock.close(
        () -> {
          OnnxSessions.close(session, graph.name());
          weights.close();
        });
  }
}
