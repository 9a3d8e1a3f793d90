package dev.trifocal.backend.djl;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.Upsample2d;

/** Upsampling of images. */
final class Upsampling {
  /** DJL's code for PyTorch's bilinear mode. */
  static final int BILINEAR = 2;

  private Upsampling() {}

  static PtNDArray of(Upsample2d layer, NodeContext context) {
    long[] size = {context.node().shape().size(1), context.node().shape().size(2)};
    return switch (layer.interpolation()) {
      case NEAREST -> repeated(layer, context.input(), size);
      case BILINEAR -> JniUtils.interpolate(context.input(), size, BILINEAR, false);
    };
  }

  /**
   * Repeats pixels; PyTorch's nearest mode divides in float32 and is off by one pixel for factors
   * of 41 and more.
   */
  private static PtNDArray repeated(Upsample2d layer, PtNDArray image, long... size) {
    Shape shape = image.getShape();
    long n = shape.get(0);
    long c = shape.get(1);
    PtNDArray pixels = JniUtils.reshape(image, new long[] {n, c, shape.get(2), 1, shape.get(3), 1});
    Shape spread =
        new Shape(
            n, c, shape.get(2), layer.factor().height(), shape.get(3), layer.factor().width());
    return JniUtils.reshape(
        JniUtils.broadcast(pixels, spread), new long[] {n, c, size[0], size[1]});
  }
}
