package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;

/**
 * Runs layers in evaluation mode: dropout is the identity, and batch norm uses its running
 * statistics.
 */
record EvaluationModeLayers(Nd4jOperators operators) implements ModeDependentLayers {
  @Override
  public ForwardResult dropout(Dropout layer, NodeContext context) {
    return new ForwardResult(
        operators.memory().share(context.input()),
        (gradient, sink) -> sink.input(operators.memory().share(gradient)));
  }

  @Override
  public ForwardResult batchNorm(BatchNorm layer, NodeContext context) {
    return new Normalisations(operators).frozenBatchNorm(layer, context);
  }
}
