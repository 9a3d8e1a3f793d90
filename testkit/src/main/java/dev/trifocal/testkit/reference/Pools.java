package dev.trifocal.testkit.reference;

import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Window;

/** Max and average pools. */
final class Pools {
  private Pools() {}

  static ReferenceArray max(MaxPool2d layer, NodeContext context) {
    ReferenceArray image = context.input();
    return UpsamplePad.each(context, (n, c, y, x) -> largest(layer.window(), image, n, c, y, x));
  }

  static ReferenceArray average(AvgPool2d layer, NodeContext context) {
    ReferenceArray image = context.input();
    return UpsamplePad.each(context, (n, c, y, x) -> mean(layer, image, n, c, y, x));
  }

  private static double largest(Window window, ReferenceArray image, int n, int c, int y, int x) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < window.kernel().height(); i++) {
      for (int j = 0; j < window.kernel().width(); j++) {
        int row = WindowPositions.row(window, y, i);
        int column = WindowPositions.column(window, x, j);
        if (image.holds(row, column)) {
          largest = Math.max(largest, image.at(n, c, row, column));
        }
      }
    }
    return largest;
  }

  private static double mean(AvgPool2d layer, ReferenceArray image, int n, int c, int y, int x) {
    Window window = layer.window();
    double sum = 0;
    int count = 0;
    for (int i = 0; i < window.kernel().height(); i++) {
      for (int j = 0; j < window.kernel().width(); j++) {
        int row = WindowPositions.row(window, y, i);
        int column = WindowPositions.column(window, x, j);
        if (image.holds(row, column)) {
          sum += image.at(n, c, row, column);
          count++;
        } else if (layer.countIncludePad() && isPadding(window.padding(), image, row, column)) {
          count++;
        }
      }
    }
    return sum / count;
  }

  /** Returns whether a position outside the image is within its padding. */
  private static boolean isPadding(Padding padding, ReferenceArray image, int row, int column) {
    return row < image.shape().size(2) + padding.bottom()
        && column < image.shape().size(3) + padding.right();
  }
}
