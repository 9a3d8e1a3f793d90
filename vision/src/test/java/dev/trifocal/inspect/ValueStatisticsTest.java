package dev.trifocal.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ValueStatisticsTest {
  @Test
  void elements_that_are_not_finite_are_counted_and_left_out() {
    ValueStatistics found =
        ValueStatistics.of(
            Tensor.of(
                Shape.of(2, 4),
                new float[] {
                  0, 2, -4, 0, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 6
                }));
    assertThat(found.elements()).isEqualTo(8);
    assertThat(found.mean()).isEqualTo(0.8);
    // Squares: .64, 1.44, 23.04, .64 and 27.04.
    assertThat(found.std()).isCloseTo(Math.sqrt(52.8 / 5), within(1e-12));
    assertThat(found.min()).isEqualTo(-4);
    assertThat(found.max()).isEqualTo(6);
    assertThat(found.zeros()).isEqualTo(0.25);
    assertThat(found.nonFinite()).isEqualTo(3);
  }

  @Test
  void without_finite_elements_there_is_no_mean() {
    ValueStatistics found = ValueStatistics.of(Tensor.of(Shape.of(1), new float[] {Float.NaN}));
    assertThat(found.mean()).isNaN();
    assertThat(found.max()).isNaN();
    assertThat(found.nonFinite()).isEqualTo(1);
  }
}
