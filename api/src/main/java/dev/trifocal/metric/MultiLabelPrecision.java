package dev.trifocal.metric;

/**
 * The unweighted mean over all classes of the share of the samples predicted as the class that
 * belong to it: scikit-learn's {@code precision_score} of label matrices with {@code
 * average="macro"} and {@code zero_division=0}. Outputs and labels are those of {@link
 * MultiLabelAccuracy}.
 */
public record MultiLabelPrecision(String output) implements MultiLabelScoreMetric {
  @Override
  public String name() {
    return "precision";
  }

  @Override
  public double of(ClassScore score) {
    return score.precision();
  }
}
