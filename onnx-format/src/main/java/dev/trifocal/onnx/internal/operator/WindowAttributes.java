package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Rounding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import dev.trifocal.shape.Shape;

/** The window of a convolution or pool in ONNX attributes. */
record WindowAttributes(OnnxNode node) {
  /**
   * Returns the window.
   *
   * @param kernel kernel size from the weights or the attribute of a pool; of one axis for
   *     one-dimensional data
   * @param image shape of the input, for {@code auto_pad}
   * @throws GraphException if the attributes do not describe a window over height and width
   */
  Window window(long[] kernel, Shape image) {
    if (kernel.length != 2 && kernel.length != 1) {
      throw new GraphException(
          "has a window of %d axes; only height and width are supported".formatted(kernel.length));
    }
    boolean line = kernel.length == 1;
    Window window =
        new Window(
            size("kernel", of("kernel_shape", line, 1, kernel)),
            size("strides", of("strides", line, 1)),
            Padding.NONE,
            size("dilations", of("dilations", line, 1)),
            node.integer("ceil_mode", 0) == 1 ? Rounding.CEIL : Rounding.FLOOR);
    return padded(window, image, line);
  }

  /** Returns an attribute, extended to rows and columns if it has one axis. */
  long[] of(String attribute, boolean line, long row, long... otherwise) {
    long[] given = node.integers(attribute, otherwise);
    return given.length == 0
        ? new long[] {row, row}
        : line ? OneDimensionalData.wider(given, row) : given;
  }

  private Window padded(Window window, Shape image, boolean line) {
    String automatic = node.text("auto_pad", "NOTSET");
    return switch (automatic) {
      case "NOTSET", "" ->
          window.padding(padding(of("pads", line, 0, line ? new long[2] : new long[4])));
      case "VALID" -> window;
      case "SAME_UPPER" -> same(window, image);
      case "SAME_LOWER" -> {
        Padding upper = same(window, image).padding();
        yield window.padding(new Padding(upper.bottom(), upper.right(), upper.top(), upper.left()));
      }
      default -> throw new GraphException("auto_pad '%s' is not supported".formatted(automatic));
    };
  }

  /**
   * Returns the window with "same" padding.
   *
   * @throws GraphException if runtimes disagree: rows that no window covers are skipped at both
   *     ends by some and at one end by others
   */
  private static Window same(Window window, Shape image) {
    boolean skips =
        skips(image.size(1), window.kernel().height(), window.stride().height())
            || skips(image.size(2), window.kernel().width(), window.stride().width());
    if (skips) {
      throw new GraphException(
          "has auto_pad with a %s kernel and stride %s, on which runtimes disagree"
              .formatted(window.kernel(), window.stride()));
    }
    return window.same(image);
  }

  private static boolean skips(int size, int kernel, int stride) {
    int outputs = (size + stride - 1) / stride;
    return (long) (outputs - 1) * stride + kernel - size < -1;
  }

  /** Returns padding from ONNX's order: the starts of all axes, then the ends. */
  static Padding padding(long... pads) {
    if (pads.length != 4) {
      throw new GraphException("has %d pads; height and width take 4".formatted(pads.length));
    }
    return new Padding(number(pads[0]), number(pads[1]), number(pads[2]), number(pads[3]));
  }

  static Size2d size(String what, long... sizes) {
    if (sizes.length != 2) {
      throw new GraphException("has %d %s; height and width take 2".formatted(sizes.length, what));
    }
    return new Size2d(number(sizes[0]), number(sizes[1]));
  }

  /**
   * Returns a number as int.
   *
   * @throws GraphException if it is out of range
   */
  static int number(long value) {
    if (value != (int) value) {
      throw new GraphException("the number %d is too large".formatted(value));
    }
    return (int) value;
  }
}
