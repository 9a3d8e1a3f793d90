package dev.trifocal.metric;

import dev.trifocal.error.DataException;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How often the samples of each class were taken for which class, and the scores that follow; what
 * scikit-learn's {@code confusion_matrix} and {@code classification_report} with {@code
 * zero_division=0} say. Immutable.
 */
public final class ConfusionMatrix {
  private final long[][] counts;

  private ConfusionMatrix(long[][] counts) {
    this.counts = counts;
  }

  /**
   * @param labels class ids
   * @param predicted as many class ids
   * @throws DataException if they are not as many, or an id is not one of {@code classes}
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

  public int classes() {
    return counts.length;
  }

  /** How many samples of one class were taken for another, or for itself. */
  public long count(int label, int predicted) {
    return counts[label][predicted];
  }

  /** How many samples belong to a class. */
  public long support(int label) {
    return IntStream.range(0, classes()).mapToLong(k -> counts[label][k]).sum();
  }

  /** How many samples were taken for a class. */
  public long taken(int predicted) {
    return IntStream.range(0, classes()).mapToLong(k -> counts[k][predicted]).sum();
  }

  public long samples() {
    return IntStream.range(0, classes()).mapToLong(this::support).sum();
  }

  /** How many samples were taken for what they are. */
  public long hits() {
    return IntStream.range(0, classes()).mapToLong(k -> counts[k][k]).sum();
  }

  /** The share of samples that were taken for what they are. */
  public double accuracy() {
    return ClassScore.share(hits(), samples());
  }

  public ClassScore score(int label) {
    return ClassScore.of(counts[label][label], taken(label), support(label));
  }

  /** The plain mean over the classes that samples belong to or were taken for. */
  public ClassScore macro() {
    long occurring = occurring().count();
    return mean(score -> 1.0 / occurring);
  }

  /** The mean over the classes, each as often as samples belong to it. */
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
