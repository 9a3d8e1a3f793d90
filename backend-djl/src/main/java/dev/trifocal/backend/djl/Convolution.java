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
