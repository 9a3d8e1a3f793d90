package dev.trifocal.metric;

/**
 * The share of the samples predicted as a class that belong to it: the unweighted mean over the
 * classes with actual or predicted samples, or the value of class 1 if the output has one unit.
 * Same as scikit-learn's {@code precision_score} with {@code average="macro"}, or {@code "binary"},
 * and {@code zero_division=0}. Outputs and labels are those of {@link Accuracy}.
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
