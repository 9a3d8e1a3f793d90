package dev.trifocal.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
  private static final Window THREE_BY_TWO = Window.square(3).stride(2);

  @ParameterizedTest(name = "{0} rows, padding {1}, {2}: {3}")
  @CsvSource({
    "111, 0, CEIL, 55",
    "111, 1, FLOOR, 56",
    "111, 0, FLOOR, 55",
    "112, 0, CEIL, 56",
    "112, 1, FLOOR, 56",
    "112, 0, FLOOR, 55",
    "113, 0, CEIL, 56",
    "113, 1, FLOOR, 57",
    "113, 0, FLOOR, 56"
  })
  void a_kernel_of_three_by_strides_of_two(int size, int padding, Rounding rounding, int output) {
    Window window = THREE_BY_TWO.padding(Padding.all(padding)).rounding(rounding);
    assertThat(window.outputSize(Shape.of(64, size, 7)).height()).isEqualTo(output);
    assertThat(window.outputSize(Shape.of(64, 7, size)).width()).isEqualTo(output);
  }

  @ParameterizedTest(name = "kernel {1}, stride {2}, dilation {3} on {0}: {4}")
  @CsvSource({
    "28, 5, 1, 1, 24",
    "28, 1, 1, 1, 28",
    "28, 28, 1, 1, 1",
    "28, 2, 3, 1, 9",
    "28, 3, 1, 2, 24",
    "28, 3, 1, 5, 18",
    "28, 3, 2, 2, 12",
    "28, 1, 1, 9, 28"
  })
  void dilation_widens_the_kernel(int size, int kernel, int stride, int dilation, int output) {
    Window window = Window.square(kernel).stride(stride).dilation(dilation);
    assertThat(window.outputSize(Shape.of(1, size, 40)).height()).isEqualTo(output);
  }

  @Test
  void rows_and_columns_have_a_geometry_of_their_own() {
    Window window =
        new Window(
            new Size2d(3, 5),
            new Size2d(2, 3),
            new Padding(1, 0, 2, 4),
            new Size2d(2, 1),
            Rounding.FLOOR);
    assertThat(window.outputSize(Shape.of(1, 10, 20))).isEqualTo(new Size2d(5, 7));
  }

  @ParameterizedTest(name = "{0} with {2} before and {3} after, kernel {1}: {4}")
  @CsvSource({"3, 2, 1, 1, 2", "4, 3, 0, 2, 2", "4, 3, 2, 0, 3", "6, 3, 1, 1, 4"})
  void ceil_mode_drops_a_window_that_would_start_in_the_padding_behind_the_image(
      int size, int kernel, int before, int after, int output) {
    Window window = Window.square(kernel).stride(2).rounding(Rounding.CEIL);
    assertThat(window.padding(new Padding(before, 0, after, 0)).outputSize(Shape.of(1, size, 9)))
        .extracting(Size2d::height)
        .isEqualTo(output);
    assertThat(window.padding(new Padding(0, before, 0, after)).outputSize(Shape.of(1, 9, size)))
        .extracting(Size2d::width)
        .isEqualTo(output);
  }

  @ParameterizedTest(name = "kernel {1} by {2} on {0} with {3} before and behind")
  @CsvSource({"2, 3, 2, 0", "2, 4, 3, 0", "2, 5, 2, 1", "1, 4, 4, 0", "1, 5, 3, 1"})
  void ceil_mode_has_one_window_where_less_than_a_stride_of_the_kernel_lies_outside(
      int size, int kernel, int stride, int padding) {
    Window window = Window.square(kernel).stride(stride).padding(Padding.all(padding));
    assertThat(window.rounding(Rounding.CEIL).outputSize(Shape.of(1, size, size)))
        .isEqualTo(Size2d.square(1));
    assertThatThrownBy(() -> window.outputSize(Shape.of(1, size, size)))
        .isInstanceOf(GraphException.class);
  }

  @ParameterizedTest(name = "kernel {1} by {2} on {0} with {3} before and behind")
  @CsvSource({"2, 4, 2, 0", "2, 5, 3, 0", "1, 3, 1, 0", "2, 6, 2, 1", "1, 2147483647, 3, 0"})
  void ceil_mode_has_none_where_a_stride_of_the_kernel_lies_outside(
      int size, int kernel, int stride, int padding) {
    Window window = Window.square(kernel).stride(stride).padding(Padding.all(padding));
    assertThatThrownBy(() -> window.rounding(Rounding.CEIL).outputSize(Shape.of(1, size, size)))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("does not fit");
  }

  @ParameterizedTest(name = "kernel {2}, stride {3}, dilation {4} on {0}x{1}: {5}")
  @CsvSource({
    "224, 224, 3, 2, 1, '[0,0,1,1]'",
    "225, 225, 3, 2, 1, 1",
    "224, 225, 3, 2, 1, '[0,1,1,1]'",
    "225, 224, 3, 2, 1, '[1,0,1,1]'",
    "20, 31, 3, 1, 1, 1",
    "20, 31, 4, 1, 1, '[1,1,2,2]'",
    "20, 31, 3, 1, 2, 2",
    "20, 31, 3, 2, 2, '[1,2,2,2]'",
    "20, 31, 1, 2, 1, 0",
    "20, 31, 2, 5, 1, '[0,0,0,1]'",
    "20, 32, 2, 5, 1, 0"
  })
  void same_padding_puts_the_odd_row_at_the_bottom_and_the_odd_column_at_the_right(
      int height, int width, int kernel, int stride, int dilation, String padding) {
    Window window = Window.square(kernel).stride(stride).dilation(dilation);
    assertThat(window.same(Shape.of(3, height, width)).padding()).hasToString(padding);
  }

  @Test
  void a_kernel_too_large_for_the_image_is_refused() {
    String padded = "has a 5x5 kernel with dilation 1x1 and padding 1, which does not fit ";
    Window window = Window.square(5).padding(Padding.all(1));
    assertThat(window.outputSize(Shape.of(1, 3, 3))).isEqualTo(Size2d.square(1));
    assertMessage(() -> window.outputSize(Shape.of(1, 2, 9)), padded + "an input of 2x9");
    assertMessage(() -> window.outputSize(Shape.of(1, 9, 2)), padded + "an input of 9x2");
    assertMessage(
        () -> THREE_BY_TWO.outputSize(Shape.of(1, 2, 9)),
        "has a 3x3 kernel with dilation 1x1 and padding 0, which does not fit an input of 2x9");
    assertMessage(
        () -> Window.square(3).dilation(4).outputSize(Shape.of(1, 8, 9)),
        "has a 3x3 kernel with dilation 4x4 and padding 0, which does not fit an input of 8x9");
  }

  @Test
  void negative_padding_is_refused_on_every_side() {
    for (Padding padding :
        new Padding[] {
          new Padding(-1, 0, 0, 0), new Padding(0, -1, 0, 0),
          new Padding(0, 0, -1, 0), new Padding(0, 0, 0, -1)
        }) {
      assertMessage(
          () -> THREE_BY_TWO.padding(padding), "padding must not be negative, but is " + padding);
    }
    assertThat(new Padding(0, -1, 0, 0)).hasToString("[0,-1,0,0]");
  }

  @Test
  void sizes_that_are_not_positive_are_refused() {
    assertMessage(() -> Window.square(0), "kernel must be positive, but is 0x0");
    assertMessage(() -> THREE_BY_TWO.stride(0), "stride must be positive, but is 0x0");
    assertMessage(() -> THREE_BY_TWO.dilation(-2), "dilation must be positive, but is -2x-2");
    assertMessage(() -> kernel(new Size2d(1, 0)), "kernel must be positive, but is 1x0");
    assertMessage(() -> kernel(new Size2d(-1, 1)), "kernel must be positive, but is -1x1");
  }

  @Test
  void sizes_beyond_int_are_refused_rather_than_wrapped() {
    int huge = Integer.MAX_VALUE;
    Shape image = Shape.of(1, 5, 5);
    assertMessage(
        () -> THREE_BY_TWO.padding(Padding.all(huge)).outputSize(image),
        "padding of 2147483647 is too large");
    assertMessage(
        () -> Window.square(huge).dilation(huge).outputSize(image),
        "has a 2147483647x2147483647 kernel with dilation 2147483647x2147483647 and padding 0, "
            + "which does not fit an input of 5x5");
    assertMessage(
        () -> Window.square(huge).dilation(2).same(image),
        "the kernel is too large for \"same\" padding");
  }

  private static Window kernel(Size2d kernel) {
    return new Window(kernel, Size2d.square(1), Padding.NONE, Size2d.square(1), Rounding.FLOOR);
  }

  private static void assertMessage(ThrowingCallable mistake, String message) {
    assertThatThrownBy(mistake).isInstanceOf(GraphException.class).hasMessage(message);
  }
}
