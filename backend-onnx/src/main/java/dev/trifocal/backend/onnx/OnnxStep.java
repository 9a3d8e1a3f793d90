package dev.trifocal.backend.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@link TrainingModel} in ONNX Runtime that runs on the live state. */
final class OnnxStep implements AutoCloseable {
  /**
   * ONNX Runtime moves a transposition behind other nodes if that seems cheaper, which depends on
   * all that reads their values, and changes the order in which means are added up. So steps with
   * and without recomputation would differ by rounding.
   */
  static final OnnxSessions.FurtherOptions TRANSPOSITIONS_IN_PLACE =
      session ->
          session.addConfigEntry(
              "optimization.disable_specified_optimizers",
              "TransposeOptimizer;TransposeOptimizer_CPUExecutionProvider");

  private final String name;
  private final TrainingModel model;
  private final OrtSession session;
  private final SharedWeights frozen;

  private OnnxStep(String name, TrainingModel model, OrtSession session, SharedWeights frozen) {
    this.name = name;
    this.model = model;
    this.session = session;
    this.frozen = frozen;
  }

  /**
   * Opens a step.
   *
   * @param frozen the weights that are constants of the model, which stay in Java's tensors
   */
  static OnnxStep open(
      String name, TrainingModel model, Weights frozen, RunOptions options, SessionOpener opener) {
    SharedWeights shared = SharedWeights.of(model.model(), frozen);
    try {
      OrtSession session =
          opener.open(
              name,
              shared.model(),
              options,
              further -> {
                TRANSPOSITIONS_IN_PLACE.set(further);
                shared.addTo(further);
              });
      return new OnnxStep(name, model, session, shared);
    } catch (RuntimeException e) {
      shared.close();
      throw e;
    }
  }

  TrainingModel model() {
    return model;
  }

  /**
   * Runs the step. All results are written to memory outside ONNX Runtime's arena, all of which is
   * free again afterwards.
   *
   * @param state state to read, of which changed entries are replaced
   * @param fed all other inputs
   * @param wanted shapes of outputs to return besides the state, by name
   * @param received tensors that other outputs are written to, by their names
   * @return the wanted outputs
   */
  Map<String, Tensor> run(
      LiveState state,
      Map<String, Tensor> fed,
      Map<String, Shape> wanted,
      Map<String, OnnxTensor> received) {
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    Map<String, OutputTensor> outputs = new LinkedHashMap<>();
    List<Tensor> alive = new ArrayList<>(fed.values());
    try {
      fed.forEach((input, tensor) -> given.put(input, OnnxSessions.tensor(tensor)));
      wanted.forEach((output, shape) -> outputs.put(output, OutputTensor.of(shape)));
      Map<String, OnnxTensor> inputs = new HashMap<>(state.tensors(model.reads().keySet()));
      inputs.putAll(given);
      Map<String, OnnxTensor> targets = new HashMap<>(state.targets(model.changes()));
      targets.putAll(received);
      outputs.forEach((output, tensor) -> targets.put(output, tensor.target()));
      session.run(inputs, targets).close();
      state.swap(model.changes());
    } catch (OrtException e) {
      throw OnnxSessions.failure(name + ": ONNX Runtime failed in a step", e);
    } finally {
      given.values().forEach(OnnxTensor::close);
      outputs.values().forEach(output -> output.target().close());
      java.lang.ref.Reference.reachabilityFence(alive);
    }
    Map<String, Tensor> result = new LinkedHashMap<>();
    outputs.forEach((output, tensor) -> result.put(output, tensor.values()));
    return result;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw OnnxSessions.failure(name + ": ONNX Runtime failed to close", e);
    } finally {
      frozen.close();
    }
  }
}
