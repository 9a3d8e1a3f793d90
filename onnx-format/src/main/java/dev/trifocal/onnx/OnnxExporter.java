package dev.trifocal.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a graph with its weights as an ONNX model in evaluation mode: opset 17, float32, batch
 * axis symbolic. Inputs and outputs keep the graph's names, weights their full names.
 */
public interface OnnxExporter {
  /**
   * @param metadata put into the model's metadata properties
   * @throws dev.trifocal.error.WeightsException if the weights do not fit the graph
   */
  static ModelProto model(Graph graph, Weights weights, Map<String, String> metadata) {
    weights.requireFit(graph.name(), graph.weightShapes());
    OnnxGraphBuilder onnx = new OnnxGraphBuilder(graph.name());
    graph.weightShapes().keySet().forEach(name -> onnx.initializer(name, weights.tensor(name)));
    ForwardLowering lowering = ForwardLowering.of(onnx, new EvaluationLayers(onnx), graph);
    Map<String, String> values = new HashMap<>();
    for (Node node : graph.nodes()) {
      onnx.scope(node.path());
      List<String> inputs = node.inputs().stream().map(values::get).toList();
      values.put(node.path(), node.layer().accept(lowering, new Site(node, inputs)));
    }
    graph
        .outputs()
        .forEach(
            (name, path) -> onnx.batchOutput(name, values.get(path), graph.node(path).shape()));
    return onnx.build(metadata);
  }

  /**
   * Writes {@link #model} to a file.
   *
   * @throws dev.trifocal.error.FileException if that fails; nothing is left behind then
   */
  static void write(Path file, Graph graph, Weights weights, Map<String, String> metadata) {
    OnnxFile.write(file, model(graph, weights, metadata));
  }
}
