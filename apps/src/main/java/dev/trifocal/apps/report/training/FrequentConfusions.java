package dev.trifocal.apps.report.training;

import dev.trifocal.metric.ConfusionMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What is worth a look in a matrix of many classes. */
record FrequentConfusions(ConfusionMatrix matrix) {
  /** As many classes still make a matrix that one can read. */
  static final int READABLE = 20;

  /** Samples of one class that were taken for another. */
  record Pair(int label, int predicted, long count) {}

  /** The most frequent confusions, the first ones first. */
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

  /** All classes if they are few; else those that samples belong to, the lowest F1 first. */
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
