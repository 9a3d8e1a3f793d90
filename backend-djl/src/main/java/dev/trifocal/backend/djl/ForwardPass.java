package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import dev.trifocal.backend.ComputePrecision;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs a graph node by node. A value is released after its last use; while gradients are recorded,
 * PyTorch itself retains what it needs.
 */
final class ForwardPass {
  private final Graph graph;
  private final ScriptedOperators scripts;
  private final PassObserver observer;
  private final ComputePrecision precision;
  private final Map<String, Integer> lastReader;

  ForwardPass(
      Graph graph, ScriptedOperators scripts, PassObserver observer, ComputePrecision precision) {
    this.precision = precision;
    this.graph = graph;
    this.scripts = scripts;
    this.observer = observer;
    this.lastReader = graph.lastReaders();
  }

  /**
   * Runs the graph.
   *
   * @param scope innermost scope, which will own the outputs
   * @param inputs inputs by path of the input node
   * @param batch number of samples
   * @return outputs by name
   */
  Map<String, PtNDArray> run(
      EngineScope scope,
      ModeDependentLayers modal,
      Map<String, PtNDArray> inputs,
      int batch,
      Map<String, PtNDArray> weights) {
    LayerExecutor lowering = new LayerExecutor(modal, scripts, precision, inputs, batch);
    Map<String, PtNDArray> values = new HashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      NodeContext context =
          new NodeContext(node, node.inputs().stream().map(values::get).toList(), weights);
      PtNDArray value = value(lowering, context);
      scope.adopt(value);
      values.put(node.path(), value);
      letGo(scope, i, values);
    }
    Map<String, PtNDArray> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, path) -> outputs.put(name, values.get(path)));
    return outputs;
  }

  /** Runs a layer and frees its temporary arrays. */
  private PtNDArray value(LayerExecutor lowering, NodeContext context) {
    try (EngineScope inner = EngineScope.within()) {
      observer.forward(context.node());
      PtNDArray value = context.node().layer().accept(lowering, context);
      return inner.keep(observer.computed(context.node(), value));
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same array, not an equal one
  private void letGo(EngineScope scope, int index, Map<String, PtNDArray> values) {
    Collection<String> touched = new ArrayList<>(graph.nodes().get(index).inputs());
    touched.add(graph.nodes().get(index).path());
    for (String path : touched) {
      if (lastReader.get(path) <= index) {
        PtNDArray value = values.remove(path);
        // A layer that does nothing returns its input: the same array under two paths.
        if (value != null && values.values().stream().noneMatch(other -> other == value)) {
          scope.free(value);
        }
      }
    }
  }
}
