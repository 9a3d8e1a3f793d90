package dev.trifocal.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.trifocal.layer.Window;

/** The attributes of ONNX's Conv, and of operators like it. */
public final class ConvolutionAttributes {
  private ConvolutionAttributes() {}

  /** Returns kernel, strides, dilations, number of groups and padding. */
  public static AttributeProto[] of(Window window, int groups) {
    return new AttributeProto[] {
      Attribute.of("kernel_shape", window.kernel().height(), window.kernel().width()),
      Attribute.of("strides", window.stride().height(), window.stride().width()),
      Attribute.of("dilations", window.dilation().height(), window.dilation().width()),
      Attribute.of("group", (long) groups),
      PoolGeometry.pads(window.padding())
    };
  }
}
