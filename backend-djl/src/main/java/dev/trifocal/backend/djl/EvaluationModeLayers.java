package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;

/**
 * Runs layers in evaluation mode: dropout is the identity, and batch norm uses its running
 * statistics.
 */
record EvaluationModeLayers() implements ModeDependentLayers {
  @Override
  public PtNDArray dropout(Dropout layer, NodeContext context) {
    return context.input();
  }

  @Override
  public PtNDArray batchNorm(BatchNorm layer, NodeContext context) {
    return RunningStatistics.normalise(layer, context);
  }
}
