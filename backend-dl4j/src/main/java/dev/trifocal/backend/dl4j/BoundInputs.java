package dev.trifocal.backend.dl4j;

import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Collects the arrays that a run starts from. */
final class BoundInputs {
  private BoundInputs() {}

  /** Returns the weights by full name and copies of the inputs by path. */
  static Map<String, INDArray> with(
      Graph graph, BufferPool memory, Map<String, INDArray> weights, Map<String, Tensor> inputs) {
    Map<String, INDArray> given = new HashMap<>(weights);
    graph
        .inputs()
        .forEach(
            node -> given.put(node.path(), HostTransfer.array(memory, inputs.get(node.path()))));
    return given;
  }
}
