package dev.trifocal.apps.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.metric.ConfusionMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelResultsTest {
  /** Of three pixels of sky, one is taken for road; the only one of road is right. */
  private static final ConfusionMatrix PIXELS =
      ConfusionMatrix.of(3, new int[] {0, 0}, new int[] {0, 0})
          .plus(ConfusionMatrix.of(3, new int[] {0, 1}, new int[] {1, 1}));

  @Test
  void a_class_without_pixels_has_no_iou_and_does_not_count() {
    PixelResults results = new PixelResults("test", List.of("sky", "road", "car"), PIXELS);
    assertThat(results.table().toString().lines())
        .containsExactly(
            "test     iou  precision  recall  pixels",
            "sky   0.6667     1.0000  0.6667       3",
            "road  0.5000     0.5000  1.0000       1",
            "car        -     0.0000  0.0000       0",
            "mean  0.5833     0.7500  0.8333       4");
    assertThat(results.asMap().toString())
        .contains("class=car, iou=null", "class=sky, iou=0.6666666666666667, precision=1.0");
  }
}
