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
 * The gradient of a convolution with respect to its input. There are four forms; which one is used
 * for a shape and a batch size is based on measurements on ONNX Runtime.
 */
record ConvolutionInputGradient(
    OnnxGraphBuilder onnx, NchwcValues values, Conv2d layer, Shape image, Shape output, int batch) {
  /** The number of filters below which the transposed convolution is faster. */
  private static final int FEW_FILTERS = 8;

  /** The number of channels below which it is faster, too. */
  private static final int FEW_CHANNELS = 4;

  /** The forms of the computation. */
  enum Form {
    NCHWC,
    IM2COL,
    FLIPPED,
    TRANSPOSED
  }

  /** Returns the fastest form for this layer. */
  Form fastest() {
    if (applies(Form.NCHWC)) {
      return im2Col().fasterThanBlocks() ? Form.IM2COL : Form.NCHWC;
    }
    if (im2Col().scattersFaster()) {
      return Form.IM2COL;
    }
    boolean few = layer.filters() < FEW_FILTERS || image.size(0) < FEW_CHANNELS;
    return applies(Form.FLIPPED) && (layer.groups() > 1 || !few) ? Form.FLIPPED : Form.TRANSPOSED;
  }

  /** Returns whether a form is valid for this layer. */
  boolean applies(Form form) {
    return switch (form) {
      case NCHWC -> flippable() && nchwc().inputGradientApplies();
      case IM2COL -> im2Col().applies();
      case FLIPPED -> flippable();
      case TRANSPOSED -> true;
    };
  }

  /**
   * Returns the gradient of the input.
   *
   * @param weight weight {@code [O, C/g, kH, kW]}
   * @param dy gradient of the output {@code [N, O, H', W']}
   */
  String of(Form form, String weight, String dy) {
    return switch (form) {
      case NCHWC -> nchwc().inputGradient(weight, dy, turnedPadding());
      case IM2COL -> im2Col().inputGradient(weight, dy);
      case FLIPPED -> flippedConvolution(weight, dy);
      case TRANSPOSED -> transposedConvolution(weight, dy);
    };
  }

  private Im2ColConvolution im2Col() {
    return new Im2ColConvolution(onnx, layer, image, output, batch);
  }

  /** Returns whether a convolution with turned kernels computes the gradient. */
  private boolean flippable() {
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

  private NchwcConvolution nchwc() {
    return new NchwcConvolution(onnx, values, layer, image, output);
  }

  /** Convolves dy with the kernels rotated by 180 degrees; for stride 1. */
  private String flippedConvolution(String weight, String dy) {
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
    return onnx.node(
        "Conv",
        List.of(dy, turned),
        Attribute.of("kernel_shape", kernelHeight, kernelWidth),
        Attribute.of("dilations", window.dilation().height(), window.dilation().width()),
        Attribute.of("group", (long) layer.groups()),
        PoolGeometry.pads(turnedPadding()));
  }

  private Padding turnedPadding() {
    Padding padding = layer.window().padding();
    int rows = layer.window().span().height() - 1;
    int columns = layer.window().span().width() - 1;
    return new Padding(
        rows - padding.top(),
        columns - padding.left(),
        rows - padding.bottom(),
        columns - padding.right());
  }

  /** Uses ConvTranspose; for any stride and number of groups. */
  private String transposedConvolution(String weight, String dy) {
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
