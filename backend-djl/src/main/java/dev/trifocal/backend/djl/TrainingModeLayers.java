package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;
import dev.trifocal.train.DropoutMask;

/**
 * Runs layers in training mode, except frozen nodes: dropout multiplies by a mask from the host,
 * and batch norm uses batch statistics and updates the running statistics.
 *
 * @param seed seed of the masks
 * @param step step number, from 1
 * @param batch number of samples
 * @param earlier number of samples in earlier micro-batches of the same step
 */
record TrainingModeLayers(ArrayStore store, long seed, long step, int batch, long earlier)
    implements ModeDependentLayers {
  @Override
  public PtNDArray dropout(Dropout layer, NodeContext context) {
    if (layer.p() == 0 || context.node().frozen()) {
      return context.input();
    }
    PtNDArray mask =
        store.copy(
            DropoutMask.of(
                seed,
                step,
                context.node().path(),
                layer.p(),
                context.node().batchShape(batch),
                earlier));
    return JniUtils.mul(context.input(), mask);
  }

  @Override
  public PtNDArray batchNorm(BatchNorm layer, NodeContext context) {
    return context.node().frozen()
        ? RunningStatistics.normalise(layer, context)
        : RunningStatistics.update(layer, context);
  }
}
