package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.ConvolutionAttributes;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.onnx.PoolGeometry;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Optional;

/** A convolution and its gradients by ONNX Runtime's operators on the layout NCHWc. */
record NchwcConvolution(
    OnnxGraphBuilder onnx, NchwcValues values, Conv2d layer, Shape image, Shape output) {

  /** Returns whether {@link #product} can compute the layer. */
  boolean applies() {
    return depthwise()
        || (layer.groups() == 1
            && values.fit(layer.filters())
            && (values.fit(image.size(0)) || image.size(0) < values.block()));
  }

  /** Returns whether {@link #inputGradient} can compute the gradient. */
  boolean inputGradientApplies() {
    return depthwise()
        || (layer.groups() == 1 && values.fit(layer.filters()) && values.fit(image.size(0)));
  }

  /** Returns whether this is one kernel per channel, and the channels fit. */
  boolean depthwise() {
    return layer.groups() > 1
        && layer.groups() == image.size(0)
        && layer.groups() == layer.filters()
        && values.fit(layer.groups());
  }

  /** Returns whether a kernel has one element. */
  boolean pointwise() {
    return layer.groups() == 1 && layer.window().equals(Window.square(1));
  }

  /**
   * Returns the output {@code [N, O, H', W']}.
   *
   * @param weight weight {@code [O, C/g, kH, kW]}
   */
  String product(String x, String weight, Optional<String> bias) {
    // An image with fewer channels than a block is read as it is.
    String input = values.fit(image.size(0)) ? values.blocked(x) : x;
    String filters = filters().forward(weight);
    return values.add(
        values
            .fusion()
            .convolution(
                bias.map(b -> List.of(input, filters, b)).orElse(List.of(input, filters)),
                ConvolutionAttributes.of(layer.window(), layer.groups())),
        layer.filters());
  }

  /**
   * Returns the gradient of the input: dy convolved with the kernels rotated by 180 degrees, for
   * stride 1.
   *
   * @param padding padding of that convolution
   */
  String inputGradient(String weight, String dy, Padding padding) {
    Window window = layer.window();
    return values.add(
        onnx.node(
            NchwcValues.DOMAIN,
            "Conv",
            List.of(values.blocked(dy), filters().backward(weight)),
            Attribute.of("kernel_shape", window.kernel().height(), window.kernel().width()),
            Attribute.of("dilations", window.dilation().height(), window.dilation().width()),
            Attribute.of("group", (long) layer.groups()),
            PoolGeometry.pads(padding)),
        image.size(0));
  }

  /**
   * Returns the gradient of depthwise kernels: each image of a sample is convolved with its dy as
   * the kernel, and added up, as each sample has other kernels.
   */
  String depthwiseWeightGradient(String x, String dy) {
    Window window = layer.window();
    long channels = layer.groups();
    Size2d full = fullGradient();
    String samples = reshape(values.blocked(x), -1, 1, channels, image.size(1), image.size(2));
    String kernels = reshape(values.blocked(dy), -1, channels, 1, output.size(1), output.size(2));
    String sum =
        new BatchSum(onnx, Shape.of(1, layer.groups(), full.height(), full.width()))
            .of(
                List.of(
                    new BatchSum.Operand(
                        samples, Shape.of(1, layer.groups(), image.size(1), image.size(2))),
                    new BatchSum.Operand(
                        kernels, Shape.of(layer.groups(), 1, output.size(1), output.size(2)))),
                (body, before, sample) ->
                    body.node(
                        NchwcValues.DOMAIN,
                        "Conv",
                        List.of(sample.get(0), sample.get(1), NchwcValues.NO_SHIFTS, before),
                        Attribute.of("kernel_shape", output.size(1), output.size(2)),
                        Attribute.of(
                            "strides", window.dilation().height(), window.dilation().width()),
                        Attribute.of(
                            "dilations", window.stride().height(), window.stride().width()),
                        Attribute.of("group", channels),
                        PoolGeometry.pads(window.padding())));
    String rows = reshape(sum, channels / values.block(), full.area(), values.block());
    String plain =
        reshape(
            onnx.node("Transpose", List.of(rows), Attribute.of("perm", 0L, 2L, 1L)),
            channels,
            1,
            full.height(),
            full.width());
    return full.equals(window.kernel())
        ? plain
        : onnx.node(
            "Slice",
            List.of(
                plain,
                onnx.longs(0, 0),
                onnx.longs(window.kernel().height(), window.kernel().width()),
                onnx.longs(2, 3)));
  }

  /**
   * Returns the size of what a convolution with dy as kernel yields, rows and columns that no
   * kernel element meets included.
   */
  private Size2d fullGradient() {
    Window window = layer.window();
    Padding padding = window.padding();
    return new Size2d(
        elements(
            image.size(1) + padding.top() + padding.bottom(),
            output.size(1),
            window.stride().height(),
            window.dilation().height()),
        elements(
            image.size(2) + padding.left() + padding.right(),
            output.size(2),
            window.stride().width(),
            window.dilation().width()));
  }

  private static int elements(int padded, int kernel, int dilation, int stride) {
    return (padded - (kernel - 1) * dilation - 1) / stride + 1;
  }

  /** Returns whether {@link #pointwiseWeightGradient} can compute the gradient. */
  boolean pointwiseInBlocks() {
    return pointwise() && (values.fit(image.size(0)) || values.fit(layer.filters()));
  }

  /**
   * Returns whether {@link #pointwiseWeightGradient} reads dy in blocks, otherwise x: the one with
   * more channels, if they fit.
   */
  boolean filtersInBlocks() {
    boolean more = layer.filters() > image.size(0);
    return more ? values.fit(layer.filters()) : !values.fit(image.size(0));
  }

  /**
   * Returns the gradient of 1x1 kernels: one matrix product per sample and block of channels, added
   * up. The side without blocks is read plain. The result lists the kernels by filter and channel,
   * in any shape.
   */
  String pointwiseWeightGradient(String x, String dy) {
    boolean filtersInBlocks = filtersInBlocks();
    int inBlocks = filtersInBlocks ? layer.filters() : image.size(0);
    int others = filtersInBlocks ? image.size(0) : layer.filters();
    int pixels = image.size(1) * image.size(2);
    int blocks = inBlocks / values.block();
    String sum =
        new BatchSum(onnx, Shape.of(blocks, others, values.block()))
            .of(
                List.of(
                    new BatchSum.Operand(
                        reshape(filtersInBlocks ? x : dy, -1, others, pixels),
                        Shape.of(others, pixels)),
                    new BatchSum.Operand(
                        reshape(
                            values.blocked(filtersInBlocks ? dy : x),
                            -1,
                            blocks,
                            pixels,
                            values.block()),
                        Shape.of(blocks, pixels, values.block()))),
                (body, before, sample) ->
                    body.node("Add", List.of(before, body.node("MatMul", sample))));
    AttributeProto order =
        filtersInBlocks ? Attribute.of("perm", 0L, 2L, 1L) : Attribute.of("perm", 1L, 0L, 2L);
    return onnx.node("Transpose", List.of(sum), order);
  }

  private NchwcFilters filters() {
    return new NchwcFilters(onnx, values.block(), layer, image.size(0));
  }

  private String reshape(String value, long... sizes) {
    return onnx.node("Reshape", List.of(value, onnx.longs(sizes)));
  }
}
