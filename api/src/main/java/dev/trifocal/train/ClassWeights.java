package dev.trifocal.train;

import dev.trifocal.error.DataException;
import java.util.List;
import java.util.stream.IntStream;

/** Computes class weights for {@link SoftmaxCrossEntropy#classWeights}. */
public final class ClassWeights {
  private ClassWeights() {}

  /**
   * Returns weights that balance the classes: {@code n / (K * n_k)} for {@code n_k} of {@code n}
   * labels, scikit-learn's {@code class_weight='balanced'}.
   *
   * @param counts the number of labels of each class
   * @return one weight per class
   * @throws DataException if a class has no labels
   */
  public static List<Double> balanced(List<Long> counts) {
    requireAll(counts);
    double all = counts.stream().mapToLong(count -> count).sum();
    return counts.stream().map(count -> all / ((double) counts.size() * count)).toList();
  }

  /**
   * Returns weights by median frequency: {@code median(f) / f_k}, where {@code f_k} is the share of
   * a class in the pixels of the images in which it occurs (Eigen and Fergus 2015).
   *
   * @param counts the number of pixels of each class
   * @param beside the number of pixels, of all classes, in the images in which each class occurs
   * @return one weight per class
   * @throws DataException if a class has no pixels
   */
  public static List<Double> medianFrequency(List<Long> counts, List<Long> beside) {
    requireAll(counts);
    List<Double> shares =
        IntStream.range(0, counts.size())
            .mapToObj(id -> (double) counts.get(id) / beside.get(id))
            .toList();
    List<Double> sorted = shares.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return shares.stream().map(share -> median / share).toList();
  }

  private static void requireAll(List<Long> counts) {
    int missing = counts.indexOf(0L);
    if (missing >= 0) {
      throw new DataException(
          "class %d has no samples; balanced class weights need at least one sample per class"
              .formatted(missing));
    }
  }
}
