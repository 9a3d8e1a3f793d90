package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import java.util.stream.IntStream;

/** The arguments of ND4J's convolutions and pools for a window. */
final class WindowGeometry {
  /** ND4J's code for explicit padding. */
  static final int EXPLICIT = 0;

  /** ND4J's code for the layout {@code [N, C, H, W]}. */
  static final int NCHW = 0;

  /** ND4J's code for means that divide by the kernel size. */
  static final int WHOLE_KERNEL = 1;

  private WindowGeometry() {}

  /** Returns the arguments of a convolution. */
  static int[] of(Window window, int weightFormat) {
    return arguments(window, window.padding(), EXPLICIT, NCHW, weightFormat);
  }

  /** Returns the arguments of a pool without padding. */
  static int[] ofPool(Window window) {
    return arguments(window, Padding.NONE, EXPLICIT, WHOLE_KERNEL, NCHW);
  }

  /** Returns whether opposite sides have the same padding. */
  static boolean isSymmetric(Padding padding) {
    return padding.top() == padding.bottom() && padding.left() == padding.right();
  }

  /** Returns the window without padding. */
  static Window bare(Window window) {
    return window.padding(Padding.NONE);
  }

  private static int[] arguments(Window window, Padding padding, int... more) {
    Size2d kernel = window.kernel();
    Size2d stride = window.stride();
    Size2d dilation = window.dilation();
    IntStream first =
        IntStream.of(
            kernel.height(),
            kernel.width(),
            stride.height(),
            stride.width(),
            padding.top(),
            padding.left(),
            dilation.height(),
            dilation.width());
    return IntStream.concat(first, IntStream.of(more)).toArray();
  }
}
