package dev.trifocal.onnx;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A graph lowered to ONNX operators in evaluation mode. */
record LoweredGraph(Graph graph, OnnxGraphBuilder onnx, DynamicSizes sizes) {
  /** Writes inputs, nodes and outputs; the caller adds the weights. */
  void write() {
    ForwardLowering lowering =
        ForwardLowering.of(onnx, new EvaluationModeLayers(onnx), sizes::input, graph);
    Map<String, String> values = new HashMap<>();
    for (Node node : graph.nodes()) {
      onnx.scope(node.path());
      List<String> inputs = node.inputs().stream().map(values::get).toList();
      values.put(node.path(), node.layer().accept(lowering, new NodeContext(node, inputs)));
    }
    graph
        .outputs()
        .forEach(
            (name, path) -> {
              Node node = graph.node(path);
              onnx.output(name, values.get(path), node, sizes.output(name, node.shape()));
            });
  }
}
