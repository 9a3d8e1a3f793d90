package dev.trifocal.backend.djl;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import dev.trifocal.backend.StepInputs;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs a graph in evaluation mode. Programs and sessions share it, so their results are identical
 * to the last bit.
 */
record EvaluationPass(Graph graph, ForwardPass pass, ArrayStore store, PassObserver observer) {
  /**
   * Runs the graph.
   *
   * @param inputs inputs by path of the input node
   * @param weights all tensors of the graph by full name
   * @return outputs by name
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs, Map<String, PtNDArray> weights) {
    int batch = StepInputs.batch(graph, inputs);
    store.useThreads();
    try (EngineScope scope = EngineScope.plain()) {
      observer.transfer();
      Map<String, PtNDArray> outputs =
          pass.run(scope, new EvaluationModeLayers(), fed(graph, inputs, store), batch, weights);
      observer.transfer();
      return ArrayStore.hosts(outputs);
    } catch (EngineException e) {
      throw EngineFailure.of(graph, e);
    }
  }

  /** Copies the inputs of a graph to PyTorch's memory. */
  static Map<String, PtNDArray> fed(Graph graph, Map<String, Tensor> inputs, ArrayStore store) {
    Map<String, PtNDArray> result = new LinkedHashMap<>();
    for (Node node : graph.inputs()) {
      result.put(node.path(), store.copy(inputs.get(node.path())));
    }
    return result;
  }
}
