package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Activations;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.RecomputationPlan;

/**
 * What a step is compiled for. It determines the operators; results differ by rounding only.
 *
 * @param block block size of the layout NCHWc, or {@link NchwcBlockSize#NONE} for standard
 *     operators only
 * @param batch samples in most batches; steps run with any number
 * @param activations what is kept for the backward pass; makes no difference to the results
 */
record StepTarget(int block, int batch, Activations activations) {
  /** Creates a target that keeps all that the backward pass needs. */
  StepTarget(int block, int batch) {
    this(block, batch, Activations.KEEP);
  }

  /** Returns this target with standard operators only. */
  StepTarget portable() {
    return new StepTarget(NchwcBlockSize.NONE, batch, activations);
  }

  /** Returns the blocks of a graph that the backward pass runs again. */
  RecomputationPlan plan(Graph graph) {
    return switch (activations) {
      case KEEP -> RecomputationPlan.none(graph);
      case RECOMPUTE -> RecomputationPlan.of(graph);
    };
  }
}
