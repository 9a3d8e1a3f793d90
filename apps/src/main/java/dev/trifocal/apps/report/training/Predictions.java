package dev.trifocal.apps.report.training;

import dev.trifocal.metric.ConfusionMatrix;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model takes the samples of one part of a data set for.
 *
 * @param split the part, such as {@code validation}
 * @param classes their names by id
 * @param confusion over all samples that were looked at
 * @param wrong some that were taken for another class, the surest of them first
 * @param right some that were not
 */
public record Predictions(
    String split,
    List<String> classes,
    ConfusionMatrix confusion,
    List<PredictedImage> wrong,
    List<PredictedImage> right) {
  /** How many pictures of each kind are shown. */
  static final int SHOWN = 24;

  public Predictions {
    classes = List.copyOf(classes);
    wrong = List.copyOf(wrong);
    right = List.copyOf(right);
  }

  /** As many as are shown, from all over the data, which may be sorted by class. */
  static <T> List<T> spread(List<T> all) {
    int count = Math.min(SHOWN, all.size());
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }
}
