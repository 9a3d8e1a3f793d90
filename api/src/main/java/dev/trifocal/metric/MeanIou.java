package dev.trifocal.metric;

/**
 * The mean intersection over union (Jaccard index) of the classes with actual or predicted samples,
 * usually pixels: {@code hits / (actual + predicted - hits)}. Same as scikit-learn's {@code
 * jaccard_score} with {@code average="macro"}, but over all batches as a whole. Outputs and labels
 * are those of {@link Accuracy}.
 */
public record MeanIou(String output) implements ClassScoreMetric {
  @Override
  public String name() {
    return "mean_iou";
  }

  @Override
  public double of(ClassScore score) {
    return score.iou();
  }
}
