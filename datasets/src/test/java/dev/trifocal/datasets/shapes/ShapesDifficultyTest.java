package dev.trifocal.datasets.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.data.Batch;
import dev.trifocal.random.RandomStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Colours alone do not tell the shapes. */
class ShapesDifficultyTest {
  private static final int SCENES = 300;
  private static final int CLASSES = 7;
  private static final int AREA = Scene.SIZE * Scene.SIZE;
  private static final int STEPS = 1_500_000;
  private static final int FEATURES = Scene.CHANNELS + 1;

  @Test
  void a_linear_classifier_of_pixels_stays_below_60_percent_mean_iou() {
    Batch batch =
        new ShapesDataset("train", 42, SCENES).batch(IntStream.range(0, SCENES).toArray());
    float[] pixels = batch.input().toFloats();
    long[] labels = batch.label().toLongs();
    double[][] weights = new double[CLASSES][FEATURES];
    RandomStream stream = RandomStream.of(1);
    for (int step = 0; step < STEPS; step++) {
      int pixel = stream.below(step, labels.length);
      if (labels[pixel] != ShapesDataset.VOID) {
        learn(weights, features(pixels, pixel), labels[pixel], 0.1 * (1 - (double) step / STEPS));
      }
    }
    double meanIou = meanIou(weights, pixels, labels);
    // Chance gives less than a fifth of that: the classifier has learned what there is.
    assertThat(meanIou).isBetween(0.4, 0.6);
  }

  /** One step of softmax regression, with twice the rate for shapes, which are rarer. */
  private static void learn(double[][] weights, double[] features, long label, double rate) {
    double[] scores = scores(weights, features);
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      scores[k] = Math.exp(scores[k]);
      sum += scores[k];
    }
    for (int k = 0; k < CLASSES; k++) {
      double error = scores[k] / sum - (k == label ? 1 : 0);
      for (int j = 0; j < FEATURES; j++) {
        weights[k][j] -= rate * (label == 0 ? 1 : 2) * error * features[j];
      }
    }
  }

  private static double meanIou(double[][] weights, float[] pixels, long[] labels) {
    long[] hits = new long[CLASSES];
    long[] either = new long[CLASSES];
    for (int pixel = 0; pixel < labels.length; pixel++) {
      if (labels[pixel] == ShapesDataset.VOID) {
        continue;
      }
      double[] scores = scores(weights, features(pixels, pixel));
      int best = 0;
      for (int k = 1; k < CLASSES; k++) {
        best = scores[k] > scores[best] ? k : best;
      }
      int label = (int) labels[pixel];
      either[label]++;
      if (best == label) {
        hits[label]++;
      } else {
        either[best]++;
      }
    }
    return IntStream.range(0, CLASSES)
        .mapToDouble(k -> (double) hits[k] / either[k])
        .average()
        .orElseThrow();
  }

  private static double[] scores(double[][] weights, double[] features) {
    double[] result = new double[CLASSES];
    for (int k = 0; k < CLASSES; k++) {
      for (int j = 0; j < FEATURES; j++) {
        result[k] += weights[k][j] * features[j];
      }
    }
    return result;
  }

  private static double[] features(float[] pixels, int pixel) {
    double[] result = new double[FEATURES];
    for (int channel = 0; channel < Scene.CHANNELS; channel++) {
      int index = (pixel / AREA * Scene.CHANNELS + channel) * AREA + pixel % AREA;
      result[channel] = pixels[index] - 0.5;
    }
    result[Scene.CHANNELS] = 1;
    return result;
  }
}
