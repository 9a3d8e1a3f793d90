package dev.trifocal.metric;

/**
 * The share of the samples of a class that are predicted as it: the unweighted mean over the
 * classes with actual or predicted samples, or the value of class 1 if the output has one unit.
 * Same as scikit-learn's {@code recall_score} with {@code average="macro"}, or {@code "binary"},
 * and {@code zero_division=0}. Outputs and labels are those of {@link Accuracy}.
 */
public record Recall(String output) implements ClassScoreMetric {
  @Override
  public String name() {
    return "recall";
  }

  @Override
  public double of(ClassScore score) {
    return score.recall();
  }
}
