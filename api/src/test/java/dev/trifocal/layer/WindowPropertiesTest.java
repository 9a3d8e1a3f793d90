package dev.trifocal.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.shape.Shape;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class WindowPropertiesTest {
  @Property(tries = 2000, seed = "42", edgeCases = EdgeCasesMode.NONE)
  void same_padding_keeps_every_stride_of_the_image(
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 9) int kernel,
      @ForAll @IntRange(min = 1, max = 5) int stride,
      @ForAll @IntRange(min = 1, max = 4) int dilation) {
    Shape image = Shape.of(2, height, width);
    Window same = Window.square(kernel).stride(stride).dilation(dilation).same(image);
    assertThat(same.outputSize(image))
        .isEqualTo(new Size2d(ceiling(height, stride), ceiling(width, stride)));
    assertThat(same.padding().bottom() - same.padding().top()).isBetween(0, 1);
    assertThat(same.padding().right() - same.padding().left()).isBetween(0, 1);
  }

  @Property(tries = 2000, seed = "42", edgeCases = EdgeCasesMode.NONE)
  void the_output_has_as_many_rows_and_columns_as_windows_fit(
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @IntRange(min = 1, max = 7) int kernel,
      @ForAll @IntRange(min = 1, max = 5) int stride,
      @ForAll @IntRange(min = 1, max = 3) int dilation,
      @ForAll @IntRange(max = 4) int before,
      @ForAll @IntRange(max = 4) int after,
      @ForAll Rounding rounding) {
    int extent = dilation * (kernel - 1) + 1;
    int reach = rounding == Rounding.CEIL ? stride - 1 : 0;
    Assume.that(extent <= size + before + after + reach);
    Window window = Window.square(kernel).stride(stride).dilation(dilation).rounding(rounding);
    int expected = windows(size, extent, stride, before, after, rounding);
    Window vertical = window.padding(new Padding(before, 0, after, 0));
    Window horizontal = window.padding(new Padding(0, before, 0, after));
    assertThat(vertical.outputSize(Shape.of(1, size, 30)).height()).isEqualTo(expected);
    assertThat(horizontal.outputSize(Shape.of(1, 30, size)).width()).isEqualTo(expected);
  }

  /** Walks over the padded line, window by window. */
  private static int windows(
      int size, int extent, int stride, int before, int after, Rounding rounding) {
    int end = before + size + after;
    int count = 0;
    int start = 0;
    while (start + extent <= end) {
      count++;
      start += stride;
    }
    boolean reached = start - stride + extent == end;
    boolean startsInside = start < before + size;
    return rounding == Rounding.CEIL && !reached && startsInside ? count + 1 : count;
  }

  private static int ceiling(int size, int stride) {
    return (int) Math.ceil((double) size / stride);
  }
}
