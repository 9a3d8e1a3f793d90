package dev.trifocal.apps.training;

import dev.trifocal.apps.model.PixelEvaluation;
import dev.trifocal.apps.report.training.PixelPredictions;
import dev.trifocal.apps.report.training.SampleDisplay;
import dev.trifocal.apps.report.training.SegmentationResult;
import dev.trifocal.data.Dataset;
import dev.trifocal.metric.ConfusionMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Predicts the pixels of a data set and selects the images that a report shows. */
record PixelPredictor(PixelEvaluation evaluation) {
  private static final int SHOWN = 12;

  /** An image and its mean IoU. */
  private record Rated(PixelEvaluation.Sample sample, double meanIou) {}

  /**
   * Predicts the samples.
   *
   * @param split the name of the data's split, such as {@code validation}
   * @param shown the display for the selected samples
   */
  PixelPredictions of(Dataset data, String split, SampleDisplay shown) {
    ConfusionMatrix[] total = {ConfusionMatrix.none(data.classes().size())};
    PriorityQueue<Rated> worst =
        new PriorityQueue<>(Comparator.comparingDouble(Rated::meanIou).reversed());
    evaluation.forEach(
        data,
        sample -> {
          total[0] = total[0].plus(sample.counts());
          if (sample.counts().samples() > 0) {
            worst.add(new Rated(sample, sample.counts().meanIou()));
          }
          if (worst.size() > SHOWN) {
            worst.remove();
          }
        });
    List<SegmentationResult> images =
        worst.stream()
            .sorted(Comparator.comparingDouble(Rated::meanIou))
            .map(one -> image(one, shown))
            .toList();
    return new PixelPredictions(split, data.classes(), total[0], data.ignoreIndex(), images);
  }

  private static SegmentationResult image(Rated one, SampleDisplay shown) {
    PixelEvaluation.Sample sample = one.sample();
    return new SegmentationResult(
        shown.name(sample.index()),
        shown.image(sample.index()),
        sample.actual(),
        sample.predicted(),
        one.meanIou());
  }
}
