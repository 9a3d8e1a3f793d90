package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Rounding;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;

/** Average pooling, with divisors of our own where PyTorch cannot pad as the layer says. */
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

  /** DJL hands on no {@code count_include_pad}, whatever its method takes: the pad counts. */
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

  /** What a mean over whole windows is to be multiplied by: elements to elements that count. */
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

  /** How many elements of a window along one axis count, counted from the padding's first. */
  private static int counted(int start, int kernel, int before, int size, int after, boolean pads) {
    int from = pads ? start : Math.max(start, before);
    int to = Math.min(start + kernel, pads ? before + size + after : before + size);
    return to - from;
  }
}
