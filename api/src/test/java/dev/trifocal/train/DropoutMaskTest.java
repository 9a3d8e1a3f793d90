package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutMaskTest {
  private static final Shape SHAPE = Shape.of(8, 25, 100);

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.75})
  void the_share_of_zeros_is_near_p_and_the_rest_makes_up_for_it(double p) {
    FloatBuffer mask = DropoutMask.of(7, 1, "drop", p, SHAPE).floats();
    int zeros = 0;
    for (int i = 0; i < mask.capacity(); i++) {
      zeros += mask.get(i) == 0 ? 1 : 0;
      assertThat(mask.get(i)).isIn(0f, (float) (1 / (1 - p)));
    }
    assertThat(zeros / 20_000.0).isCloseTo(p, within(0.015));
  }

  @Test
  void with_p_zero_nothing_is_dropped() {
    assertThat(DropoutMask.of(7, 1, "drop", 0, Shape.of(2, 2)))
        .isEqualTo(Tensor.of(Shape.of(2, 2), 1f, 1, 1, 1));
  }

  @Test
  void the_same_seed_step_and_path_give_the_same_mask() {
    assertThat(mask(7, 3, "drop")).isEqualTo(mask(7, 3, "drop"));
  }

  @Test
  void another_seed_step_or_path_gives_an_independent_mask() {
    Tensor mask = mask(7, 3, "drop");
    for (Tensor other : List.of(mask(8, 3, "drop"), mask(7, 4, "drop"), mask(7, 3, "drop_2"))) {
      assertThat(agreement(mask, other)).isCloseTo(0.5, within(0.015));
    }
  }

  @Test
  void samples_of_a_batch_are_dropped_independently() {
    FloatBuffer mask = mask(7, 3, "drop").floats();
    int sample = 25 * 100;
    int agreeing = 0;
    for (int i = 0; i < sample; i++) {
      agreeing += mask.get(i) == mask.get(sample + i) ? 1 : 0;
    }
    assertThat(agreeing / (double) sample).isCloseTo(0.5, within(0.04));
  }

  /** A resumed training goes on with the masks of the uninterrupted one: never change these. */
  @Test
  void a_mask_stays_the_same_for_ever() {
    assertThat(DropoutMask.of(42, 1, "features.drop", 0.5, Shape.of(2, 5)).toFloats())
        .containsExactly(2, 2, 2, 0, 2, 0, 0, 2, 2, 2);
  }

  private static Tensor mask(long seed, long step, String path) {
    return DropoutMask.of(seed, step, path, 0.5, SHAPE);
  }

  private static double agreement(Tensor a, Tensor b) {
    float[] left = a.toFloats();
    float[] right = b.toFloats();
    int agreeing = 0;
    for (int i = 0; i < left.length; i++) {
      agreeing += left[i] == right[i] ? 1 : 0;
    }
    return agreeing / (double) left.length;
  }
}
