package dev.trifocal.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.TrifocalException;
import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void a_batch_axis_comes_in_front_and_goes_again() {
    assertThat(Shape.of(3, 4, 5).batch(2)).isEqualTo(Shape.of(2, 3, 4, 5));
    assertThat(Shape.of(2, 3, 4, 5).sample()).isEqualTo(Shape.of(3, 4, 5));
    assertThat(Shape.of().batch(7)).isEqualTo(Shape.of(7));
  }

  @Test
  void elements_are_counted_beyond_the_range_of_int() {
    assertThat(Shape.of(65536, 65536).elements()).isEqualTo(4_294_967_296L);
    assertThat(Shape.of().elements()).isEqualTo(1);
  }

  @Test
  void one_size_is_replaced() {
    assertThat(Shape.of(3, 4, 5).with(1, 9)).isEqualTo(Shape.of(3, 9, 5));
  }

  @Test
  void a_shape_reads_as_a_list() {
    assertThat(Shape.of(3, 224, 224)).hasToString("[3, 224, 224]");
  }

  @Test
  void sizes_that_are_not_positive_are_refused() {
    assertThatThrownBy(() -> Shape.of(3, 0))
        .isInstanceOf(TrifocalException.class)
        .hasMessage("every size of a shape must be positive, but got [3, 0]");
  }

  @Test
  void more_elements_than_can_be_counted_are_refused() {
    assertThatThrownBy(() -> Shape.of(2_000_000_000, 2_000_000_000, 3))
        .isInstanceOf(TrifocalException.class)
        .hasMessage("a shape of [2000000000, 2000000000, 3] has too many elements");
  }
}
