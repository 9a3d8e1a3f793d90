package dev.trifocal.apps.report.training;

import dev.trifocal.metric.ConfusionMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The most informative parts of a confusion matrix with many classes. */
record FrequentConfusions(ConfusionMatrix matrix) {
  /** The largest number of classes for a readable matrix. */
  static final int READABLE = 20;

  /** The number of samples of one class that were predicted as another. */
  record Pair(int label, int predicted, long count) {}

  /** Returns the most frequent confusions in descending order. */
  List<Pair> pairs(int most) {
    int classes = matrix.classes();
    return IntStream.range(0, classes)
        .boxed()
        .flatMap(
            label ->
                IntStream.range(0, classes)
                    .filter(k -> k != label && matrix.count(label, k) > 0)
                    .mapToObj(k -> new Pair(label, k, matrix.count(label, k))))
        .sorted(Comparator.comparingLong(Pair::count).reversed())
        .limit(most)
        .toList();
  }

  /** Returns all classes if there are few, else those with samples, in ascending order of F1. */
  List<Integer> worst(int most) {
    if (matrix.classes() <= most) {
      return IntStream.range(0, matrix.classes()).boxed().toList();
    }
    return IntStream.range(0, matrix.classes())
        .filter(k -> matrix.support(k) > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(k -> matrix.score(k).f1()))
        .limit(most)
        .toList();
  }

  boolean isReadable() {
    return matrix.classes() <= READABLE;
  }
}
