package dev.trifocal.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.TrifocalException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {
  private static final Shape IMAGE = Shape.of(3, 200, 300);

  @Test
  void a_shape_tells_its_sizes_outermost_first() {
    assertThat(IMAGE.rank()).isEqualTo(3);
    assertThat(List.of(IMAGE.size(0), IMAGE.size(1), IMAGE.size(2))).containsExactly(3, 200, 300);
    assertThat(IMAGE.toArray()).containsExactly(3, 200, 300);
    assertThat(IMAGE.toLongs()).containsExactly(3L, 200L, 300L);
    assertThat(IMAGE).hasToString("[3, 200, 300]");
  }

  @Test
  void the_number_of_elements_is_exact_beyond_int() {
    assertThat(IMAGE.elements()).isEqualTo(180_000);
    assertThat(Shape.of(65_536, 65_536, 3).elements()).isEqualTo(12_884_901_888L);
  }

  @Test
  void a_scalar_has_no_axes_and_one_element() {
    assertThat(Shape.of().rank()).isZero();
    assertThat(Shape.of().elements()).isEqualTo(1);
    assertThat(Shape.of()).hasToString("[]");
    assertThat(Shape.of().batch(7)).isEqualTo(Shape.of(7));
  }

  @Test
  void a_batch_axis_is_put_in_front_and_taken_off() {
    assertThat(IMAGE.batch(50)).isEqualTo(Shape.of(50, 3, 200, 300));
    assertThat(IMAGE.batch(50).sample()).isEqualTo(IMAGE);
    assertThat(Shape.of(7).sample()).isEqualTo(Shape.of());
  }

  @Test
  void one_axis_is_replaced_in_a_copy() {
    assertThat(IMAGE.with(1, 5)).isEqualTo(Shape.of(3, 5, 300));
    assertThat(IMAGE).isEqualTo(Shape.of(3, 200, 300));
  }

  @Test
  void a_shape_does_not_follow_the_arrays_and_lists_it_came_from_or_went_to() {
    List<Integer> sizes = new ArrayList<>(List.of(3, 4));
    Shape shape = new Shape(sizes);
    sizes.set(0, 9);
    shape.toArray()[0] = 9;
    assertThat(shape).isEqualTo(Shape.of(3, 4));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE})
  void a_negative_size_is_refused(int size) {
    assertThatThrownBy(() -> Shape.of(3, size, 5))
        .isInstanceOf(TrifocalException.class)
        .hasMessage("sizes of a shape must not be negative, but got [3, " + size + ", 5]");
    assertThatThrownBy(() -> IMAGE.with(2, size)).isInstanceOf(TrifocalException.class);
    assertThatThrownBy(() -> IMAGE.batch(size)).isInstanceOf(TrifocalException.class);
  }

  @Test
  void a_size_of_zero_makes_it_empty() {
    assertThat(Shape.of(0, 3).elements()).isZero();
    assertThat(Shape.of(3, 0, Integer.MAX_VALUE).elements()).isZero();
  }

  @Test
  void more_elements_than_a_long_can_count_are_refused() {
    int half = 1 << 30;
    assertThat(Shape.of(half, half, 7).elements()).isEqualTo(7L << 60);
    assertThatThrownBy(() -> Shape.of(half, half, 8))
        .isInstanceOf(TrifocalException.class)
        .hasMessage("a shape of [1073741824, 1073741824, 8] has too many elements");
  }
}
