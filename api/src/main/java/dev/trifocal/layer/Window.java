package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;

/**
 * The sliding window of convolutions and pools.
 *
 * @param dilation distance between neighbouring kernel elements; 1 for a dense kernel
 */
public record Window(
    Size2d kernel, Size2d stride, Padding padding, Size2d dilation, Rounding rounding) {

  public Window {
    requirePositive("kernel", kernel);
    requirePositive("stride", stride);
    requirePositive("dilation", dilation);
    padding.requireNotNegative();
  }

  /** Returns a dense square kernel with stride 1 and no padding. */
  public static Window square(int kernel) {
    return of(kernel, kernel);
  }

  /** Returns a dense rectangular kernel with stride 1 and no padding. */
  public static Window of(int height, int width) {
    return new Window(
        new Size2d(height, width),
        Size2d.square(1),
        Padding.NONE,
        Size2d.square(1),
        Rounding.FLOOR);
  }

  public Window stride(int size) {
    return stride(Size2d.square(size));
  }

  public Window stride(Size2d size) {
    return new Window(kernel, size, padding, dilation, rounding);
  }

  public Window padding(Padding other) {
    return new Window(kernel, stride, other, dilation, rounding);
  }

  public Window dilation(int size) {
    return dilation(Size2d.square(size));
  }

  public Window dilation(Size2d size) {
    return new Window(kernel, stride, padding, size, rounding);
  }

  public Window rounding(Rounding other) {
    return new Window(kernel, stride, padding, dilation, other);
  }

  /**
   * Returns this window with the padding that makes the output {@code ceil(input / stride)} rows
   * and columns. An odd row or column is added at the bottom or right, as in TensorFlow (ONNX:
   * SAME_UPPER).
   */
  public Window same(Shape image) {
    int vertical = sameTotal(image.size(1), kernel.height(), stride.height(), dilation.height());
    int horizontal = sameTotal(image.size(2), kernel.width(), stride.width(), dilation.width());
    return padding(
        new Padding(
            vertical / 2, horizontal / 2, vertical - vertical / 2, horizontal - horizontal / 2));
  }

  /**
   * Returns the height and width of the output.
   *
   * @param image shape {@code [C, H, W]}
   * @throws GraphException if no window fits
   */
  public Size2d outputSize(Shape image) {
    int height = image.size(1);
    int width = image.size(2);
    int rows =
        count(
            height,
            padding.top(),
            padding.bottom(),
            kernel.height(),
            stride.height(),
            dilation.height());
    int columns =
        count(
            width,
            padding.left(),
            padding.right(),
            kernel.width(),
            stride.width(),
            dilation.width());
    if (rows <= 0 || columns <= 0) {
      throw new GraphException(
          "has a %s kernel with dilation %s and padding %s, which does not fit an input of %dx%d"
              .formatted(kernel, dilation, padding, height, width));
    }
    return new Size2d(rows, columns);
  }

  /** Returns the height and width of the kernel including the gaps of dilation. */
  public Size2d span() {
    return new Size2d(
        dilation.height() * (kernel.height() - 1) + 1, dilation.width() * (kernel.width() - 1) + 1);
  }

  /**
   * Returns the height and width of the area that the windows of an output cover, including
   * padding.
   *
   * @param output shape {@code [C, H', W']}
   */
  public Size2d covered(Shape output) {
    return new Size2d(
        (output.size(1) - 1) * stride.height() + span().height(),
        (output.size(2) - 1) * stride.width() + span().width());
  }

  /**
   * Returns the number of kernel elements over a number of channels: a convolution's fan.
   *
   * @throws GraphException if it exceeds an int
   */
  int fan(Layer layer, int maps) {
    long fan = (long) kernel().height() * kernel().width();
    if (fan > Integer.MAX_VALUE / maps) {
      throw new GraphException(
          "(%s) has too large a kernel, %s for %d maps".formatted(layer.kind(), kernel, maps));
    }
    return (int) fan * maps;
  }

  private int count(int size, int before, int after, int kernel, int stride, int dilation) {
    long padded = (long) size + before + after;
    long room = padded - ((long) dilation * (kernel - 1) + 1);
    if (room <= -stride || room < 0 && rounding == Rounding.FLOOR) {
      return 0;
    }
    if (padded > Integer.MAX_VALUE) {
      throw new GraphException("padding of %s is too large".formatted(padding));
    }
    long count = Math.floorDiv(room, stride) + 1;
    boolean partial = rounding == Rounding.CEIL && Math.floorMod(room, stride) != 0;
    return (int) (partial && count * stride < (long) size + before ? count + 1 : count);
  }

  private static int sameTotal(int size, int kernel, int stride, int dilation) {
    long outputs = ((long) size + stride - 1) / stride;
    long total = (outputs - 1) * stride + (long) dilation * (kernel - 1) + 1 - size;
    if (total > Integer.MAX_VALUE) {
      throw new GraphException("the kernel is too large for \"same\" padding");
    }
    return (int) Math.max(0, total);
  }

  private static void requirePositive(String what, Size2d size) {
    if (size.height() <= 0 || size.width() <= 0) {
      throw new GraphException(what + " must be positive, but is " + size);
    }
  }
}
