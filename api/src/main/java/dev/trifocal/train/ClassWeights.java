package dev.trifocal.train;

import dev.trifocal.error.DataException;
import java.util.ArrayList;
import java.util.List;

/** Weights of classes for {@link SoftmaxCrossEntropy#classWeights}. */
public final class ClassWeights {
  private ClassWeights() {}

  /**
   * Weights that let each class count the same in all: {@code n / (K * n_k)} for {@code n_k} of
   * {@code n} samples, scikit-learn's {@code class_weight='balanced'}.
   *
   * @param classIds of all samples; ids that are no class count for nothing
   * @param classes K, at least 1
   * @return one for each class
   * @throws DataException if a class has no samples
   */
  public static List<Double> balanced(long[] classIds, int classes) {
    long[] counts = new long[classes];
    long all = 0;
    for (long id : classIds) {
      if (id >= 0 && id < classes) {
        counts[(int) id]++;
        all++;
      }
    }
    List<Double> weights = new ArrayList<>();
    for (int id = 0; id < classes; id++) {
      if (counts[id] == 0) {
        throw new DataException(
            "class %d has no samples; balanced class weights need one of each class at least"
                .formatted(id));
      }
      weights.add((double) all / ((double) classes * counts[id]));
    }
    return weights;
  }
}
