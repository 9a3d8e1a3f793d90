package dev.trifocal.testkit.reference;

import dev.trifocal.layer.Window;

/** The positions of a window's elements in the image; positions in the padding are outside. */
final class WindowPositions {
  private WindowPositions() {}

  /** Returns the image row under kernel row {@code i} for output row {@code y}. */
  static int row(Window window, int y, int i) {
    return y * window.stride().height() - window.padding().top() + i * window.dilation().height();
  }

  static int column(Window window, int x, int j) {
    return x * window.stride().width() - window.padding().left() + j * window.dilation().width();
  }
}
