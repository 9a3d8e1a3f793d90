package dev.trifocal.backend.dl4j;

import dev.trifocal.graph.Node;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;

/** Corrects the divisors of average pools for the elements that count. */
final class AverageDivisors {
  private AverageDivisors() {}

  /**
   * Returns the factors for means that are divided by the kernel size, {@code [H', W']} in
   * row-major order; empty if all are 1.
   */
  static float[] factors(AvgPool2d layer, Node node) {
    Window window = layer.window();
    Shape image = node.inputShapes().get(0);
    int[] rows =
        counts(
            node.shape().size(1),
            window.kernel().height(),
            window.stride().height(),
            layer.countIncludePad() ? 0 : window.padding().top(),
            layer.countIncludePad()
                ? image.size(1) + window.padding().top() + window.padding().bottom()
                : window.padding().top() + image.size(1));
    int[] columns =
        counts(
            node.shape().size(2),
            window.kernel().width(),
            window.stride().width(),
            layer.countIncludePad() ? 0 : window.padding().left(),
            layer.countIncludePad()
                ? image.size(2) + window.padding().left() + window.padding().right()
                : window.padding().left() + image.size(2));
    int all = window.kernel().height() * window.kernel().width();
    float[] result = new float[rows.length * columns.length];
    boolean needed = false;
    for (int i = 0; i < result.length; i++) {
      int count = rows[i / columns.length] * columns[i % columns.length];
      result[i] = (float) ((double) all / count);
      needed |= count != all;
    }
    return needed ? result : new float[0];
  }

  /**
   * Returns how many elements of each window lie between {@code first} and {@code end} of the
   * padded axis.
   */
  private static int[] counts(int windows, int kernel, int stride, int first, int end) {
    int[] result = new int[windows];
    for (int i = 0; i < windows; i++) {
      int start = i * stride;
      result[i] = Math.min(start + kernel, end) - Math.max(start, first);
    }
    return result;
  }
}
