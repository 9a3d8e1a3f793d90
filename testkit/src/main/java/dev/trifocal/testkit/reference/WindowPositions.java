package dev.trifocal.testkit.reference;

import dev.trifocal.layer.Window;

/** Where a window's elements lie in the image, padding being outside of it. */
final class WindowPositions {
  private WindowPositions() {}

  /** The row of the image under row {@code i} of the kernel, for row {@code y} of the output. */
  static int row(Window window, int y, int i) {
    return y * window.stride().height() - window.padding().top() + i * window.dilation().height();
  }

  static int column(Window window, int x, int j) {
    return x * window.stride().width() - window.padding().left() + j * window.dilation().width();
  }
}
