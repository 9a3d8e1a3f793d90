package dev.trifocal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MeanIouTest {
  private static final MeanIou MEAN_IOU = new MeanIou("output");

  @Test
  void classesCountAlikeWhateverTheirPixels() {
    // Predicted: 0 0 1 1 / 2 0; labels: 0 1 1 1 / 2 0. IoU: 2/3, 2/3 and 1.
    MetricSums sums = sums(new int[] {0, 0, 1, 1, 2, 0}, 0, 1, 1, 1, 2, 0);
    assertThat(MEAN_IOU.value(sums).orElseThrow()).isCloseTo(7.0 / 9, within(1e-12));
    assertThat(MEAN_IOU.name()).isEqualTo("mean_iou");
  }

  @Test
  void voidPixelsCountNeitherAsPredictedNorAsActual() {
    MetricSums sums = sums(new int[] {0, 1, 2, 1}, 0, 1, 255, 255);
    assertThat(MEAN_IOU.value(sums)).hasValue(1);
    assertThat(MEAN_IOU.value(sums(new int[] {0}, 255))).isEqualTo(OptionalDouble.empty());
  }

  @Test
  void classesThatNeitherOccurNorArePredictedDoNotCount() {
    assertThat(MEAN_IOU.value(sums(new int[] {0, 0}, 0, 1)).orElseThrow())
        .isCloseTo((0.5 + 0) / 2, within(1e-12));
  }

  /** One image of one row, with three classes. */
  private static MetricSums sums(int[] predicted, long... labels) {
    int width = labels.length;
    Tensor scores =
        Tensor.floats(
            Shape.of(1, 3, 1, width),
            buffer -> {
              for (int x = 0; x < width; x++) {
                buffer.put(predicted[x] * width + x, 1);
              }
            });
    return MEAN_IOU.sums(Map.of("output", scores), Tensor.of(Shape.of(1, 1, width), labels));
  }
}
