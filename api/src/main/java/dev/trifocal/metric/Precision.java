package dev.trifocal.metric;

/**
 * Of the samples that were taken for a class, the share that belongs to it. Over several classes it
 * is the plain mean over those that samples belong to or were taken for; of an output with one
 * unit, that of class 1. scikit-learn's {@code precision_score} with {@code average="macro"}, or
 * {@code "binary"}, and {@code zero_division=0}. Outputs and labels are those of {@link Accuracy}.
 */
public record Precision(String output) implements ClassScoreMetric {
  @Override
  public String name() {
    return "precision";
  }

  @Override
  public double of(ClassScore score) {
    return score.precision();
  }
}
