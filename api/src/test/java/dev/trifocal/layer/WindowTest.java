package dev.trifocal.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
  /** All values of torch.nn.functional.max_pool2d. */
  @ParameterizedTest(name = "{0} rows, kernel {1}, stride {2}, padding {3}, {4}: {5}")
  @CsvSource({
    "112, 3, 2, 0, CEIL,  56",
    "112, 3, 2, 1, FLOOR, 56",
    "112, 3, 2, 0, FLOOR, 55",
    "111, 3, 2, 0, CEIL,  55",
    "111, 3, 2, 1, FLOOR, 56",
    "111, 3, 2, 0, FLOOR, 55",
    "113, 3, 2, 0, CEIL,  56",
    "113, 3, 2, 1, FLOOR, 57",
    "113, 3, 2, 0, FLOOR, 56",
    "5,   2, 2, 1, CEIL,  3",
    "6,   3, 5, 1, CEIL,  2",
    "3,   2, 3, 0, CEIL,  1",
    "4,   2, 3, 1, CEIL,  2",
    "7,   3, 4, 1, CEIL,  2",
  })
  void windows_are_counted_as_pytorch_does(
      int size, int kernel, int stride, int padding, Rounding rounding, int expected) {
    Window window =
        Window.square(kernel).stride(stride).padding(Padding.all(padding)).rounding(rounding);
    assertThat(window.outputSize(Shape.of(1, size, size))).isEqualTo(Size2d.square(expected));
  }

  @Test
  void both_axes_have_their_own_numbers() {
    Window window =
        new Window(
            new Size2d(3, 2),
            new Size2d(1, 2),
            new Padding(0, 1, 2, 0),
            new Size2d(2, 1),
            Rounding.FLOOR);
    assertThat(window.outputSize(Shape.of(4, 11, 8))).isEqualTo(new Size2d(9, 4));
  }

  /** An odd row or column stands at the bottom or the right, as in TensorFlow. */
  @ParameterizedTest(name = "{0}x{1}, kernel {2}, stride {3}, dilation {4}")
  @CsvSource({
    "8,  8,  3, 2, 1, '[0,0,1,1]', 4, 4",
    "7,  8,  3, 2, 1, '[1,0,1,1]', 4, 4",
    "7,  9,  3, 1, 1, '1',         7, 9",
    "28, 28, 5, 1, 1, '2',         28, 28",
    "6,  5,  2, 1, 1, '[0,0,1,1]', 6, 5",
    "6,  5,  2, 2, 1, '[0,0,0,1]', 3, 3",
    "9,  9,  3, 1, 2, '2',         9, 9",
    "9,  9,  1, 4, 1, '0',         3, 3",
    "224, 224, 7, 2, 1, '[2,2,3,3]', 112, 112",
  })
  void same_padding_gives_the_input_over_the_stride(
      int height,
      int width,
      int kernel,
      int stride,
      int dilation,
      String pads,
      int rows,
      int cols) {
    Shape image = Shape.of(3, height, width);
    Window window = Window.square(kernel).stride(stride).dilation(dilation).same(image);
    assertThat(window.padding()).hasToString(pads);
    assertThat(window.outputSize(image)).isEqualTo(new Size2d(rows, cols));
  }

  @Test
  void a_kernel_larger_than_the_padded_input_is_refused() {
    assertThatThrownBy(() -> Window.square(7).outputSize(Shape.of(1, 6, 9)))
        .isInstanceOf(GraphException.class)
        .hasMessage(
            "has a 7x7 kernel with dilation 1x1 and padding 0, which does not fit an input of 6x9");
  }

  @Test
  void a_partial_window_alone_does_not_save_a_kernel_that_does_not_fit() {
    assertThatThrownBy(() -> Window.square(3).rounding(Rounding.CEIL).outputSize(Shape.of(1, 2, 5)))
        .isInstanceOf(GraphException.class);
  }

  @Test
  void sizes_out_of_range_are_refused() {
    Window window = Window.square(3);
    assertThatThrownBy(() -> Window.square(0))
        .isInstanceOf(GraphException.class)
        .hasMessage("kernel must be positive, but is 0x0");
    assertThatThrownBy(() -> window.stride(0))
        .isInstanceOf(GraphException.class)
        .hasMessage("stride must be positive, but is 0x0");
    assertThatThrownBy(() -> window.dilation(-1))
        .isInstanceOf(GraphException.class)
        .hasMessage("dilation must be positive, but is -1x-1");
    assertThatThrownBy(() -> window.padding(new Padding(0, 0, -1, 0)))
        .isInstanceOf(GraphException.class)
        .hasMessage("padding must not be negative, but is [0,0,-1,0]");
  }

  @Test
  void huge_paddings_do_not_overflow() {
    Window window = Window.square(1).padding(Padding.all(Integer.MAX_VALUE));
    assertThatThrownBy(() -> window.outputSize(Shape.of(1, 5, 5)))
        .isInstanceOf(GraphException.class)
        .hasMessage("padding of 2147483647 is too large");
  }
}
