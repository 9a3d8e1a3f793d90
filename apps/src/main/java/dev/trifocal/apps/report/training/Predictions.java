package dev.trifocal.apps.report.training;

import dev.trifocal.metric.ConfusionMatrix;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model's predictions for one split of a data set.
 *
 * @param split the name of the split, such as {@code validation}
 * @param classes the class names, by id
 * @param confusion the confusion matrix over all predicted samples
 * @param wrong a selection of wrong predictions, the most confident first
 * @param right a selection of correct predictions
 */
public record Predictions(
    String split,
    List<String> classes,
    ConfusionMatrix confusion,
    List<PredictedImage> wrong,
    List<PredictedImage> right) {
  /** The number of images shown of each kind. */
  static final int SHOWN = 24;

  public Predictions {
    classes = List.copyOf(classes);
    wrong = List.copyOf(wrong);
    right = List.copyOf(right);
  }

  /** Selects {@link #SHOWN} elements, evenly spaced because the data may be sorted by class. */
  static <T> List<T> spread(List<T> all) {
    int count = Math.min(SHOWN, all.size());
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }
}
