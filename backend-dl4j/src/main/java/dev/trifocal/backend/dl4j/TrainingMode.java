package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.DropoutMask;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Masks from the host, and the batch's own statistics.
 *
 * @param step 1 for the first
 * @param earlier samples of the same step in earlier micro-batches
 */
record TrainingMode(Operators operators, long seed, long step, long earlier, Statistics statistics)
    implements Mode {
  @Override
  public Traced dropout(Dropout layer, Site site) {
    if (site.node().frozen()) {
      return new EvaluationMode(operators).dropout(layer, site);
    }
    Shape shape = site.node().shape().batch(site.batch());
    INDArray mask =
        Host.array(
            operators.memory(),
            DropoutMask.of(seed, step, site.node().path(), layer.p(), shape, earlier));
    return new Traced(
        operators.compute(f -> f.multiply(site.input(), mask)),
        (gradient, sink) -> sink.input(operators.compute(f -> f.multiply(gradient, mask))),
        List.of(mask));
  }

  @Override
  public Traced batchNorm(BatchNorm layer, Site site) {
    return site.node().frozen()
        ? new EvaluationMode(operators).batchNorm(layer, site)
        : new Normalisations(operators).batchNorm(layer, site, statistics);
  }
}
