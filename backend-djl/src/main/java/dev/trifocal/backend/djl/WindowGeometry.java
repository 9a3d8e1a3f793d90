package dev.trifocal.backend.djl;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;

/** Sizes and padding of images {@code [N, C, H, W]} in PyTorch's form. */
final class WindowGeometry {
  static final Shape NO_PADDING = new Shape(0, 0);

  private WindowGeometry() {}

  static Shape shape(Size2d size) {
    return new Shape(size.height(), size.width());
  }

  /**
   * Returns whether PyTorch's operators can apply the padding themselves: they take one number per
   * axis.
   */
  static boolean isEven(Padding padding) {
    return padding.top() == padding.bottom() && padding.left() == padding.right();
  }

  /**
   * Returns whether PyTorch's pools can apply the padding themselves: equal on both sides, and at
   * most half of the kernel.
   */
  static boolean suitsPool(Window window) {
    Padding padding = window.padding();
    return isEven(padding)
        && padding.top() <= window.kernel().height() / 2
        && padding.left() <= window.kernel().width() / 2;
  }

  /** Returns the top and left padding, which represent both sides if {@link #isEven}. */
  static Shape leading(Padding padding) {
    return new Shape(padding.top(), padding.left());
  }

  static PtNDArray pad(PtNDArray image, Padding padding, double value) {
    return pad(image, padding.top(), padding.left(), padding.bottom(), padding.right(), value);
  }

  /**
   * Pads or crops an image so that the windows of an output cover it exactly.
   *
   * @param output shape of one sample of the output
   */
  static PtNDArray cover(
      PtNDArray image, Window window, dev.trifocal.shape.Shape output, double value) {
    Shape shape = image.getShape();
    Size2d covered = window.covered(output);
    int top = window.padding().top();
    int left = window.padding().left();
    int bottom = covered.height() - top - (int) shape.get(2);
    int right = covered.width() - left - (int) shape.get(3);
    return pad(image, top, left, bottom, right, value);
  }

  /** Pads an image; negative numbers crop. */
  private static PtNDArray pad(
      PtNDArray image, int top, int left, int bottom, int right, double value) {
    return JniUtils.pad(image, new long[] {left, right, top, bottom}, value);
  }
}
