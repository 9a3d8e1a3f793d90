package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Rounding;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;

/** Average pools, with custom divisors where PyTorch cannot pad as the layer requires. */
final class AvgPool {
  private AvgPool() {}

  static PtNDArray of(AvgPool2d layer, NodeContext context) {
    Window window = layer.window();
    boolean padCounts = layer.countIncludePad() || window.padding().equals(Padding.NONE);
    if (padCounts && WindowGeometry.suitsPool(window)) {
      return pool(
          context.input(),
          window,
          WindowGeometry.leading(window.padding()),
          window.rounding() == Rounding.CEIL);
    }
    PtNDArray image = WindowGeometry.cover(context.input(), window, context.node().shape(), 0);
    PtNDArray overAll = pool(image, window, WindowGeometry.NO_PADDING, false);
    return JniUtils.mul(overAll, corrections(layer, context, overAll));
  }

  /**
   * Pools; DJL ignores {@code count_include_pad} regardless of the argument, so padding always
   * counts.
   */
  private static PtNDArray pool(
      PtNDArray image, Window window, ai.djl.ndarray.types.Shape padding, boolean ceil) {
    return JniUtils.avgPool(
        image,
        WindowGeometry.shape(window.kernel()),
        WindowGeometry.shape(window.stride()),
        padding,
        ceil,
        true);
  }

  /**
   * Returns the factors that correct a mean over whole windows: window size divided by the number
   * of elements that count.
   */
  private static PtNDArray corrections(AvgPool2d layer, NodeContext context, PtNDArray like) {
    Window window = layer.window();
    Shape input = context.node().inputShapes().get(0);
    Shape output = context.node().shape();
    boolean pads = layer.countIncludePad();
    int top = window.padding().top();
    int left = window.padding().left();
    float[] values = new float[output.size(1) * output.size(2)];
    for (int i = 0; i < values.length; i++) {
      int row = i / output.size(2) * window.stride().height();
      int column = i % output.size(2) * window.stride().width();
      int rows =
          counted(
              row, window.kernel().height(), top, input.size(1), window.padding().bottom(), pads);
      int columns =
          counted(
              column, window.kernel().width(), left, input.size(2), window.padding().right(), pads);
      values[i] =
          (float) window.kernel().height() * window.kernel().width() / ((float) rows * columns);
    }
    return NativeScalars.of(like, values, output.size(1), output.size(2));
  }

  /**
   * Returns the number of elements of a window that count along one axis, with positions relative
   * to the start of the padding.
   */
  private static int counted(int start, int kernel, int before, int size, int after, boolean pads) {
    int from = pads ? start : Math.max(start, before);
    int to = Math.min(start + kernel, pads ? before + size + after : before + size);
    return to - from;
  }
}
