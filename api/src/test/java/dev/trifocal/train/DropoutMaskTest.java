package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DropoutMaskTest {
  private static final Shape SHAPE = Shape.of(20, 5000);

  @Test
  void so_many_elements_are_zero_and_the_mean_stays_one() {
    float[] mask = DropoutMask.of(1, 1, "drop", 0.2, SHAPE).toFloats();
    int zeros = 0;
    double sum = 0;
    for (float value : mask) {
      assertThat(value).isIn(0f, 1.25f);
      zeros += value == 0 ? 1 : 0;
      sum += value;
    }
    assertThat(zeros / (double) mask.length).isCloseTo(0.2, within(0.005));
    assertThat(sum / mask.length).isCloseTo(1, within(0.01));
  }

  @Test
  void it_depends_on_seed_step_and_path_and_on_nothing_else() {
    Tensor mask = DropoutMask.of(1, 2, "drop", 0.5, SHAPE);
    assertThat(DropoutMask.of(1, 2, "drop", 0.5, SHAPE)).isEqualTo(mask);
    assertThat(DropoutMask.of(2, 2, "drop", 0.5, SHAPE)).isNotEqualTo(mask);
    assertThat(DropoutMask.of(1, 3, "drop", 0.5, SHAPE)).isNotEqualTo(mask);
    assertThat(DropoutMask.of(1, 2, "drop_2", 0.5, SHAPE)).isNotEqualTo(mask);
  }

  @Test
  void with_a_probability_of_zero_nothing_is_dropped() {
    assertThat(DropoutMask.of(1, 1, "drop", 0, SHAPE).toFloats()).containsOnly(1f);
  }

  @Test
  void a_smaller_batch_has_the_same_first_samples() {
    float[] mask = DropoutMask.of(1, 2, "drop", 0.5, Shape.of(3, 4)).toFloats();
    float[] first = DropoutMask.of(1, 2, "drop", 0.5, Shape.of(2, 4)).toFloats();
    assertThat(mask).startsWith(first);
  }
}
