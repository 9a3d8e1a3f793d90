package dev.trifocal.backend.djl;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Window;

/** A convolution, which pads by itself where both sides of an axis are padded alike. */
interface Convolution {
  static PtNDArray of(Conv2d layer, Site site) {
    Window window = layer.window();
    boolean even = Geometry.isEven(window.padding());
    PtNDArray image = even ? site.input() : Geometry.pad(site.input(), window.padding(), 0);
    Shape padding = even ? Geometry.leading(window.padding()) : Geometry.NO_PADDING;
    return JniUtils.convolution(
        image,
        site.parameter("weight"),
        layer.bias() ? site.parameter("bias") : null,
        Geometry.shape(window.stride()),
        padding,
        Geometry.shape(window.dilation()),
        layer.groups());
  }
}
