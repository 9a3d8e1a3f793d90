package dev.trifocal.datasets.digits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.data.Batch;
import dev.trifocal.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Multinomial logistic regression: the digits must not be so easy that a line tells them apart. */
class LinearModelTest {
  private static final int PIXELS = 784;
  private static final int CLASSES = 10;
  private static final int EPOCHS = 5;

  /** {@code [PIXELS + 1][CLASSES]}, the last row is the bias. */
  private final float[] weights = new float[(PIXELS + 1) * CLASSES];

  @Test
  void a_linear_model_stays_under_93_percent_but_learns() {
    DigitsDataset train = new DigitsDataset("train", 42, 20_000);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      int[] order = RandomStream.of(0).at(epoch).permutation(train.size());
      float rate = 0.05f * (EPOCHS - epoch) / EPOCHS;
      for (int from = 0; from < order.length; from += 1000) {
        learn(train.batch(IntStream.range(from, from + 1000).map(i -> order[i]).toArray()), rate);
      }
    }

    DigitsDataset test = new DigitsDataset("test", 42, 5_000);
    assertThat(accuracy(test.batch(IntStream.range(0, 5_000).toArray()))).isBetween(0.88, 0.93);
  }

  private void learn(Batch batch, float rate) {
    float[] pixels = batch.input().toFloats();
    long[] labels = batch.label().toLongs();
    for (int row = 0; row < labels.length; row++) {
      float[] error = probabilities(pixels, row * PIXELS);
      error[(int) labels[row]] -= 1;
      for (int i = 0; i <= PIXELS; i++) {
        float pixel = i == PIXELS ? 1 : pixels[row * PIXELS + i];
        for (int k = 0; k < CLASSES; k++) {
          int w = i * CLASSES + k;
          weights[w] -= rate * error[k] * pixel;
        }
      }
    }
  }

  private double accuracy(Batch batch) {
    float[] pixels = batch.input().toFloats();
    long[] labels = batch.label().toLongs();
    int right = 0;
    for (int row = 0; row < labels.length; row++) {
      float[] p = probabilities(pixels, row * PIXELS);
      int best = IntStream.range(0, CLASSES).reduce(0, (a, b) -> p[b] > p[a] ? b : a);
      right += best == labels[row] ? 1 : 0;
    }
    return (double) right / labels.length;
  }

  private float[] probabilities(float[] pixels, int offset) {
    float[] p = Arrays.copyOfRange(weights, PIXELS * CLASSES, (PIXELS + 1) * CLASSES);
    for (int i = 0; i < PIXELS; i++) {
      for (int k = 0; k < CLASSES; k++) {
        p[k] += weights[i * CLASSES + k] * pixels[offset + i];
      }
    }
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      p[k] = (float) Math.exp(p[k]);
      sum += p[k];
    }
    for (int k = 0; k < CLASSES; k++) {
      p[k] /= (float) sum;
    }
    return p;
  }
}
