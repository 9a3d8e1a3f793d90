package dev.trifocal.backend.dl4j;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a graph in training mode, records it, and runs its backward pass. */
final class Tape {
  private final Graph graph;
  private final Nd4jOperators operators;
  private final Map<String, ForwardResult> traces = new HashMap<>();
  private final GradientAccumulator sink;

  Tape(Graph graph, Nd4jOperators operators) {
    this.graph = graph;
    this.operators = operators;
    this.sink = new GradientAccumulator(operators, graph.leadingToTrained());
  }

  /**
   * Runs the forward pass.
   *
   * @param given weights by full name and inputs by path
   */
  void forward(ModeDependentLayers mode, Map<String, INDArray> given, int batch) {
    LayerExecutor layers = new LayerExecutor(operators, mode);
    for (Node node : graph.nodes()) {
      List<INDArray> read = node.inputs().stream().map(this::value).toList();
      operators.observer().forward(node);
      traces.put(
          node.path(),
          node.layer()
              .accept(layers, new NodeContext(node, read, given, node.batched() ? batch : 1)));
    }
  }

  INDArray value(String path) {
    return traces.get(path).value();
  }

  /** Sets the gradient of the loss with respect to a node's value. */
  void seed(String path, INDArray gradient) {
    sink.value(path, gradient);
  }

  /**
   * Runs the backward pass and releases each value after its last use.
   *
   * @return gradients of the trained parameters by full name; without those that the loss does not
   *     depend on
   */
  Map<String, INDArray> backward() {
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      ForwardResult result = traces.remove(node.path());
      INDArray gradient = sink.turnTo(node);
      if (gradient != null) {
        if (sink.reaches(node)) {
          operators.observer().backward(node);
          result.pullback().pull(gradient, sink);
        }
        operators.release(gradient);
      }
      result.kept().forEach(operators::release);
      operators.release(result.value());
    }
    return sink.parameters();
  }
}
