package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import java.util.stream.IntStream;

/** A window as ND4J's convolutions and pools take it. */
final class WindowGeometry {
  /** ND4J's number for explicit padding. */
  static final int EXPLICIT = 0;

  /** ND4J's number for channels in front of height and width. */
  static final int NCHW = 0;

  /** ND4J's number for means that divide by the kernel's size. */
  static final int WHOLE_KERNEL = 1;

  private WindowGeometry() {}

  /** The arguments of a convolution. */
  static int[] of(Window window, int weightFormat) {
    return arguments(window, window.padding(), EXPLICIT, NCHW, weightFormat);
  }

  /** The arguments of a pool, without padding. */
  static int[] ofPool(Window window) {
    return arguments(window, Padding.NONE, EXPLICIT, WHOLE_KERNEL, NCHW);
  }

  /** Whether opposite sides have the same padding. */
  static boolean isSymmetric(Padding padding) {
    return padding.top() == padding.bottom() && padding.left() == padding.right();
  }

  /** The window without padding. */
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
