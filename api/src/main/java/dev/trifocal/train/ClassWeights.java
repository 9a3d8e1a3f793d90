package dev.trifocal.train;

import dev.trifocal.error.DataException;
import java.util.ArrayList;
import java.util.List;

/** Computes class weights for {@link SoftmaxCrossEntropy#classWeights}. */
public final class ClassWeights {
  private ClassWeights() {}

  /**
   * Returns weights that balance the classes: {@code n / (K * n_k)} for {@code n_k} of {@code n}
   * samples, scikit-learn's {@code class_weight='balanced'}.
   *
   * @param classIds class ids of all samples; other ids are ignored
   * @param classes number of classes K, at least 1
   * @return one weight per class
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
            "class %d has no samples; balanced class weights need at least one sample per class"
                .formatted(id));
      }
      weights.add((double) all / ((double) classes * counts[id]));
    }
    return weights;
  }
}
