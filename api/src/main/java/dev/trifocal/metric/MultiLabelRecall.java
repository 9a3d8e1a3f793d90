package dev.trifocal.metric;

/**
 * The unweighted mean over all classes of the share of the samples of the class that are predicted
 * as it: scikit-learn's {@code recall_score} of label matrices with {@code average="macro"} and
 * {@code zero_division=0}. Outputs and labels are those of {@link MultiLabelAccuracy}.
 */
public record MultiLabelRecall(String output) implements MultiLabelScoreMetric {
  @Override
  public String name() {
    return "recall";
  }

  @Override
  public double of(ClassScore score) {
    return score.recall();
  }
}
