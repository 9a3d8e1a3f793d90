package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.BatchNorm;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The running mean and variance of batch norms as a training step updates them. */
final class RunningStatistics {
  private final Nd4jOperators operators;
  private final Map<String, INDArray> updated = new LinkedHashMap<>();

  RunningStatistics(Nd4jOperators operators) {
    this.operators = operators;
  }

  /**
   * Computes the updated statistics of a batch norm.
   *
   * @param mean batch mean per channel
   * @param variance biased batch variance per channel
   */
  void update(BatchNorm layer, NodeContext context, INDArray mean, INDArray variance) {
    double count = (double) context.input().length() / mean.length();
    double momentum = layer.momentum();
    update(context, "running_mean", mean, momentum, momentum);
    update(context, "running_var", variance, momentum, momentum * count / (count - 1));
  }

  /** Returns the updated statistics by full name, with one owner each. */
  Map<String, INDArray> updated() {
    return updated;
  }

  private void update(
      NodeContext context, String name, INDArray batch, double momentum, double factor) {
    INDArray before = context.parameter(name);
    INDArray flat = ArrayViews.shaped(batch, before.shape());
    INDArray after =
        operators.compute(f -> f.add(f.multiply(before, 1 - momentum), f.multiply(flat, factor)));
    updated.put(context.node().path() + "." + name, after);
  }
}
