package dev.trifocal.backend.dl4j;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a graph in evaluation mode; a value is released after its last use. */
final class EvaluationPass {
  private final Graph graph;
  private final Nd4jOperators operators;
  private final LayerExecutor layers;
  private final Map<String, Integer> lastReader;

  EvaluationPass(Graph graph, Nd4jOperators operators) {
    this.graph = graph;
    this.operators = operators;
    this.layers = new LayerExecutor(operators, new EvaluationModeLayers(operators));
    this.lastReader = graph.lastReaders();
  }

  /**
   * Runs the graph; the caller must reclaim memory with {@link BufferPool#settle}.
   *
   * @param weights weights by full name
   * @return outputs by name
   */
  Map<String, Tensor> run(Map<String, INDArray> weights, Map<String, Tensor> inputs, int batch) {
    operators.observer().outsideLayers();
    Map<String, INDArray> given = BoundInputs.with(graph, operators.memory(), weights, inputs);
    Map<String, INDArray> values = new HashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      List<INDArray> read = node.inputs().stream().map(values::get).toList();
      operators.observer().forward(node);
      ForwardResult result =
          node.layer()
              .accept(layers, new NodeContext(node, read, given, node.batched() ? batch : 1));
      result.kept().forEach(operators::release);
      values.put(node.path(), result.value());
      release(values, node, i);
    }
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    graph
        .outputs()
        .forEach((name, path) -> outputs.put(name, HostTransfer.tensor(values.get(path))));
    return outputs;
  }

  private void release(Map<String, INDArray> values, Node node, int now) {
    for (String input : node.inputs()) {
      if (lastReader.get(input) == now && values.containsKey(input)) {
        operators.release(values.remove(input));
      }
    }
  }
}
