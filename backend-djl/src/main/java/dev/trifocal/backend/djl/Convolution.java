package dev.trifocal.backend.djl;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Window;

/** A convolution, which pads by itself if both sides of each axis have the same padding. */
final class Convolution {
  private Convolution() {}

  static PtNDArray of(Conv2d layer, NodeContext context) {
    Window window = layer.window();
    boolean even = WindowGeometry.isEven(window.padding());
    PtNDArray image =
        even ? context.input() : WindowGeometry.pad(context.input(), window.padding(), 0);
    Shape padding = even ? WindowGeometry.leading(window.padding()) : WindowGeometry.NO_PADDING;
    return convolution(image, padding, layer, context);
  }

  /**
   * Computes a layer whose weights are bfloat16.
   *
   * @return float32
   */
  static PtNDArray ofBfloat16(Conv2d layer, NodeContext context, ScriptedOperators scripts) {
    PtNDArray image = scripts.bfloat16(context.input());
    return scripts.float32(of(layer, context.input(image)));
  }

  private static PtNDArray convolution(
      PtNDArray image, Shape padding, Conv2d layer, NodeContext context) {
    Window window = layer.window();
    return JniUtils.convolution(
        image,
        context.parameter("weight"),
        layer.bias() ? context.parameter("bias") : null,
        WindowGeometry.shape(window.stride()),
        padding,
        WindowGeometry.shape(window.dilation()),
        layer.groups());
  }
}
