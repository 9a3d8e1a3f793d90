package dev.trifocal.backend.onnx;

import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.onnx.PoolGeometry;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * The gradient of a convolution with respect to its input, in standard ONNX operators. There are
 * three forms; which one is used for a shape is based on measurements on ONNX Runtime.
 */
record ConvolutionInputGradient(OnnxGraphBuilder onnx, Conv2d layer, Shape image, Shape output) {
  /** The number of filters below which the transposed convolution is faster. */
  private static final int FEW_FILTERS = 8;

  /**
   * Returns the gradient of the input.
   *
   * @param weight weight {@code [O, C/g, kH, kW]}
   * @param dy gradient of the output {@code [N, O, H', W']}
   */
  String of(String weight, String dy) {
    if (im2Col().scattersFaster()) {
      return im2Col().inputGradient(weight, dy);
    }
    return flippable() && (layer.filters() >= FEW_FILTERS || layer.groups() > 1)
        ? flippedConvolution(weight, dy)
        : transposedConvolution(weight, dy);
  }

  Im2ColConvolution im2Col() {
    return new Im2ColConvolution(onnx, layer, image, output);
  }

  /** Returns whether {@link #flippedConvolution} is valid for this layer. */
  boolean flippable() {
    Window window = layer.window();
    Padding padding = window.padding();
    int rows = window.span().height() - 1;
    int columns = window.span().width() - 1;
    boolean depthwise = layer.groups() == image.size(0) && layer.filters() == image.size(0);
    return window.stride().equals(Size2d.square(1))
        && (layer.groups() == 1 || depthwise)
        && Math.max(padding.top(), padding.bottom()) <= rows
        && Math.max(padding.left(), padding.right()) <= columns;
  }

  /** Convolves dy with the kernels rotated by 180 degrees; for stride 1. */
  String flippedConvolution(String weight, String dy) {
    Window window = layer.window();
    int kernelHeight = window.kernel().height();
    int kernelWidth = window.kernel().width();
    String turned = weight;
    if (kernelHeight * kernelWidth > 1) {
      turned =
          onnx.node(
              "Slice",
              List.of(
                  weight,
                  onnx.longs(-1, -1),
                  onnx.longs(-kernelHeight - 1, -kernelWidth - 1),
                  onnx.longs(2, 3),
                  onnx.longs(-1, -1)));
    }
    if (layer.groups() == 1) {
      turned = transpose(turned, 1, 0, 2, 3);
    }
    Padding padding = window.padding();
    int rows = window.span().height() - 1;
    int columns = window.span().width() - 1;
    return onnx.node(
        "Conv",
        List.of(dy, turned),
        Attribute.of("kernel_shape", kernelHeight, kernelWidth),
        Attribute.of("dilations", window.dilation().height(), window.dilation().width()),
        Attribute.of("group", (long) layer.groups()),
        PoolGeometry.pads(
            new Padding(
                rows - padding.top(),
                columns - padding.left(),
                rows - padding.bottom(),
                columns - padding.right())));
  }

  /** Uses ConvTranspose; for any stride and number of groups. */
  String transposedConvolution(String weight, String dy) {
    Window window = layer.window();
    String full =
        onnx.node(
            "ConvTranspose",
            List.of(dy, weight),
            Attribute.of("kernel_shape", window.kernel().height(), window.kernel().width()),
            Attribute.of("strides", window.stride().height(), window.stride().width()),
            Attribute.of("dilations", window.dilation().height(), window.dilation().width()),
            Attribute.of("group", (long) layer.groups()));
    return SpatialPadCrop.of(onnx, full, window.padding(), window.covered(output), image);
  }

  private String transpose(String value, long... order) {
    return onnx.node("Transpose", List.of(value), Attribute.of("perm", order));
  }
}
