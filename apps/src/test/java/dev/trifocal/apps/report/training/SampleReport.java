package dev.trifocal.apps.report.training;

import dev.trifocal.apps.report.EvaluationResult;
import dev.trifocal.image.Image;
import dev.trifocal.metric.ConfusionMatrix;
import dev.trifocal.trainer.EpochRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A report to test with: two classes, six pictures, five epochs of which two are fine-tuned. */
final class SampleReport {
  static final List<String> CLASSES = List.of("<script>alert(1)</script>", "Bäume & \"Gräser\"");

  private SampleReport() {}

  static TrainingReport report() {
    return new TrainingReport(
        "resnet18 on <b>pflanzen</b>",
        "ONNX Runtime",
        List.of(
            new ReportFact("learning rate", "0.001 & less"),
            new ReportFact("time <data>", "1.5 s")),
        List.of(new EvaluationResult("validation", 6, Map.of("accuracy", 0.5))),
        curves(),
        predictions("validation", CLASSES, images()));
  }

  /** Of all pictures of the part, of which some are shown. */
  static Predictions predictions(String split, List<String> classes, List<PredictedImage> images) {
    return new Predictions(
        split,
        classes,
        ConfusionMatrix.of(
            classes.size(),
            images.stream().mapToInt(PredictedImage::label).toArray(),
            images.stream().mapToInt(PredictedImage::predicted).toArray()),
        images.stream()
            .filter(image -> !image.isRight())
            .sorted(Comparator.comparingDouble(PredictedImage::confidence).reversed())
            .limit(Predictions.SHOWN)
            .toList(),
        Predictions.spread(images.stream().filter(PredictedImage::isRight).toList()));
  }

  static MetricCurves curves() {
    List<EpochRecord> history = new ArrayList<>();
    for (int epoch = 1; epoch <= 5; epoch++) {
      history.add(
          new EpochRecord(
              epoch,
              Map.of(
                  "loss",
                  1.0 / epoch,
                  "accuracy",
                  1 - 0.5 / epoch,
                  "val_loss",
                  1.125 / epoch,
                  "val_accuracy",
                  1 - 0.625 / epoch),
              0.001,
              2));
    }
    return new MetricCurves(history, OptionalInt.of(4));
  }

  /** Of class 0: right, right, wrong (0.75). Of class 1: right, wrong (0.875), wrong (0.625). */
  static List<PredictedImage> images() {
    return List.of(
        image("a.jpg", 0, 0.75),
        image("b.jpg", 0, 0.625),
        image("c.jpg", 0, 0.25),
        image("d.jpg", 1, 0.125),
        image("<e>.jpg", 1, 0.875),
        image("f.jpg", 1, 0.625));
  }

  /**
   * @param first probability of class 0
   */
  static PredictedImage image(String name, int label, double first) {
    return new PredictedImage(
        name, gray(28, 20), label, new double[] {first, 1 - first}, List.of());
  }

  static Image gray(int height, int width) {
    byte[] values = new byte[height * width];
    IntStream.range(0, values.length).forEach(i -> values[i] = (byte) i);
    return Image.of(height, width, 1, values);
  }
}
