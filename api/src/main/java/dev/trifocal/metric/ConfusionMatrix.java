package dev.trifocal.metric;

import dev.trifocal.error.DataException;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Counts of actual against predicted classes, and the scores computed from them: the values of
 * scikit-learn's {@code confusion_matrix} and {@code classification_report} with {@code
 * zero_division=0}. Immutable.
 */
public final class ConfusionMatrix {
  private final long[][] counts;

  private ConfusionMatrix(long[][] counts) {
    this.counts = counts;
  }

  /**
   * @param labels class ids
   * @param predicted as many class ids
   * @throws DataException if the lengths differ, or an id is outside [0, {@code classes})
   */
  public static ConfusionMatrix of(int classes, int[] labels, int[] predicted) {
    if (labels.length != predicted.length) {
      throw new DataException(
          "there are %d labels for %d predictions".formatted(labels.length, predicted.length));
    }
    long[][] counts = new long[classes][classes];
    for (int i = 0; i < labels.length; i++) {
      counts[known(labels[i], classes)][known(predicted[i], classes)]++;
    }
    return new ConfusionMatrix(counts);
  }

  /** Returns counts of nothing. */
  public static ConfusionMatrix none(int classes) {
    return new ConfusionMatrix(new long[classes][classes]);
  }

  /** Returns the sums of these counts and those of other samples of the same classes. */
  public ConfusionMatrix plus(ConfusionMatrix other) {
    long[][] sums = new long[classes()][classes()];
    for (int label = 0; label < classes(); label++) {
      for (int predicted = 0; predicted < classes(); predicted++) {
        sums[label][predicted] = counts[label][predicted] + other.counts[label][predicted];
      }
    }
    return new ConfusionMatrix(sums);
  }

  public int classes() {
    return counts.length;
  }

  /** Returns the number of samples of one class predicted as another class or as itself. */
  public long count(int label, int predicted) {
    return counts[label][predicted];
  }

  /** Returns the number of samples that belong to a class. */
  public long support(int label) {
    return IntStream.range(0, classes()).mapToLong(k -> counts[label][k]).sum();
  }

  /** Returns the number of samples predicted as a class. */
  public long taken(int predicted) {
    return IntStream.range(0, classes()).mapToLong(k -> counts[k][predicted]).sum();
  }

  public long samples() {
    return IntStream.range(0, classes()).mapToLong(this::support).sum();
  }

  /** Returns the number of samples predicted correctly. */
  public long hits() {
    return IntStream.range(0, classes()).mapToLong(k -> counts[k][k]).sum();
  }

  /** Returns the share of samples predicted correctly. */
  public double accuracy() {
    return ClassScore.share(hits(), samples());
  }

  public ClassScore score(int label) {
    return ClassScore.of(counts[label][label], taken(label), support(label));
  }

  /** Returns the mean IoU over the classes with actual or predicted samples; 0 without any. */
  public double meanIou() {
    return occurring().mapToObj(this::score).mapToDouble(ClassScore::iou).average().orElse(0);
  }

  /** Returns the unweighted mean over the classes with actual or predicted samples. */
  public ClassScore macro() {
    long occurring = occurring().count();
    return mean(score -> 1.0 / occurring);
  }

  /** Returns the mean over the classes, weighted by their number of samples. */
  public ClassScore weighted() {
    double samples = samples();
    return mean(score -> score.support() / samples);
  }

  private ClassScore mean(ToDoubleFunction<ClassScore> weight) {
    return new ClassScore(
        sum(score -> weight.applyAsDouble(score) * score.precision()),
        sum(score -> weight.applyAsDouble(score) * score.recall()),
        sum(score -> weight.applyAsDouble(score) * score.f1()),
        samples());
  }

  private double sum(ToDoubleFunction<ClassScore> value) {
    return occurring().mapToObj(this::score).mapToDouble(value).sum();
  }

  private IntStream occurring() {
    return IntStream.range(0, classes()).filter(k -> support(k) + taken(k) > 0);
  }

  private static int known(int id, int classes) {
    if (id < 0 || id >= classes) {
      throw new DataException("%d is not the id of one of %d classes".formatted(id, classes));
    }
    return id;
  }
}
