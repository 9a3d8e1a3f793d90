package dev.trifocal.metric;

/**
 * The harmonic mean of precision and recall of a class. Over several classes it is the plain mean
 * over those that samples belong to or were taken for; of an output with one unit, that of class 1.
 * scikit-learn's {@code f1_score} with {@code average="macro"}, or {@code "binary"}, and {@code
 * zero_division=0}. Outputs and labels are those of {@link Accuracy}.
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
