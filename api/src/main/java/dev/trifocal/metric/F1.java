package dev.trifocal.metric;

/**
 * The harmonic mean of precision and recall: the unweighted mean over the classes with actual or
 * predicted samples, or the value of class 1 if the output has one unit. Same as scikit-learn's
 * {@code f1_score} with {@code average="macro"}, or {@code "binary"}, and {@code zero_division=0}.
 * Outputs and labels are those of {@link Accuracy}.
 */
public record F1(String output) implements ClassScoreMetric {
  @Override
  public String name() {
    return "f1";
  }

  @Override
  public double of(ClassScore score) {
    return score.f1();
  }
}
