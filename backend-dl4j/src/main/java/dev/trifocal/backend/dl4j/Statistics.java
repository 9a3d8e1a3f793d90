package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.BatchNorm;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The running statistics of batch norms as a step moves them. */
final class Statistics {
  private final Operators operators;
  private final Map<String, INDArray> moved = new LinkedHashMap<>();

  Statistics(Operators operators) {
    this.operators = operators;
  }

  /**
   * @param mean of the batch, per channel
   * @param variance likewise, biased
   */
  void move(BatchNorm layer, Site site, INDArray mean, INDArray variance) {
    double count = (double) site.input().length() / mean.length();
    double momentum = layer.momentum();
    move(site, "running_mean", mean, momentum, momentum);
    move(site, "running_var", variance, momentum, momentum * count / (count - 1));
  }

  /** By full name, with one owner each. */
  Map<String, INDArray> moved() {
    return moved;
  }

  private void move(Site site, String name, INDArray batch, double momentum, double factor) {
    INDArray before = site.parameter(name);
    INDArray flat = View.shaped(batch, before.shape());
    INDArray after =
        operators.compute(f -> f.add(f.multiply(before, 1 - momentum), f.multiply(flat, factor)));
    moved.put(site.node().path() + "." + name, after);
  }
}
