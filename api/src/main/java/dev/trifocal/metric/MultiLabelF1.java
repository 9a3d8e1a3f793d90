package dev.trifocal.metric;

/**
 * The unweighted mean over all classes of the harmonic mean of precision and recall: scikit-learn's
 * {@code f1_score} of label matrices with {@code average="macro"} and {@code zero_division=0}.
 * Outputs and labels are those of {@link MultiLabelAccuracy}.
 */
public record MultiLabelF1(String output) implements MultiLabelScoreMetric {
  @Override
  public String name() {
    return "f1";
  }

  @Override
  public double of(ClassScore score) {
    return score.f1();
  }
}
