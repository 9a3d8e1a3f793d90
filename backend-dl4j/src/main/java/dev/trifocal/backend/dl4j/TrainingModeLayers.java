package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.DropoutMask;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs layers in training mode: dropout with masks from the host, and batch norm with batch
 * statistics.
 *
 * @param step step number, from 1
 * @param earlier number of samples in earlier micro-batches of the same step
 */
record TrainingModeLayers(
    Nd4jOperators operators, long seed, long step, long earlier, RunningStatistics statistics)
    implements ModeDependentLayers {
  @Override
  public ForwardResult dropout(Dropout layer, NodeContext context) {
    if (context.node().frozen()) {
      return new EvaluationModeLayers(operators).dropout(layer, context);
    }
    Shape shape = context.node().shape().batch(context.batch());
    INDArray mask =
        HostTransfer.array(
            operators.memory(),
            DropoutMask.of(seed, step, context.node().path(), layer.p(), shape, earlier));
    return new ForwardResult(
        operators.compute(f -> f.multiply(context.input(), mask)),
        (gradient, sink) -> sink.input(operators.compute(f -> f.multiply(gradient, mask))),
        List.of(mask));
  }

  @Override
  public ForwardResult batchNorm(BatchNorm layer, NodeContext context) {
    return context.node().frozen()
        ? new EvaluationModeLayers(operators).batchNorm(layer, context)
        : new Normalisations(operators).batchNorm(layer, context, statistics);
  }
}
