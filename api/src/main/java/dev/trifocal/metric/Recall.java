package dev.trifocal.metric;

/**
 * Of the samples that belong to a class, the share that was taken for it. Over several classes it
 * is the plain mean over those that samples belong to or were taken for; of an output with one
 * unit, that of class 1. scikit-learn's {@code recall_score} with {@code average="macro"}, or
 * {@code "binary"}, and {@code zero_division=0}. Outputs and labels are those of {@link Accuracy}.
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
