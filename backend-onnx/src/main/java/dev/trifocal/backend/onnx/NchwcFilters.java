package dev.trifocal.backend.onnx;

import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Size2d;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The weight of a convolution in the layouts that ONNX Runtime's convolution on NCHWc reads: {@code
 * [O/c, C/c, kH, kW, c (of C), c (of O)]}, or {@code [O/c, C, kH, kW, c]} for depthwise kernels and
 * for fewer channels than a block.
 *
 * <p>All permutations move rows of a whole block: {@code ReorderInput} gathers them, which uses all
 * threads, and {@code Gather} sorts them. {@code Transpose} takes ten times as long.
 */
record NchwcFilters(OnnxGraphBuilder onnx, int block, Conv2d layer, int channels) {

  /** Returns the weight for the convolution itself. */
  String forward(String weight) {
    int inner = channels / layer.groups();
    // One block of filters is the channels of an image whose pixels are the rest.
    String rows = reordered(weight, layer.filters() / block, block, inner * (long) area());
    boolean dense = layer.groups() == 1 && channels >= block && area() > 1;
    return onnx.node(
        "Reshape",
        List.of(
            dense ? sorted(rows, forwardOrder()) : rows,
            onnx.longs(layer.filters(), inner, kernel().height(), kernel().width())));
  }

  /** Returns the weight for the convolution that computes the gradient of the input. */
  String backward(String weight) {
    if (layer.groups() > 1) {
      String rows = reordered(weight, layer.filters() / block, block, area());
      return onnx.node(
          "Reshape",
          List.of(
              sorted(rows, turnedOrder()),
              onnx.longs(layer.filters(), 1, kernel().height(), kernel().width())));
    }
    String rows = reordered(weight, layer.filters(), channels, area());
    return onnx.node(
        "Reshape",
        List.of(
            sorted(rows, backwardOrder()),
            onnx.longs(channels, layer.filters(), kernel().height(), kernel().width())));
  }

  private String reordered(String weight, long images, long channels, long pixels) {
    return onnx.node(
        NchwcValues.DOMAIN,
        "ReorderInput",
        List.of(onnx.node("Reshape", List.of(weight, onnx.longs(images, channels, pixels, 1)))));
  }

  private String sorted(String rows, LongStream order) {
    long[] indices = order.toArray();
    return onnx.node(
        "Gather",
        List.of(
            onnx.node("Reshape", List.of(rows, onnx.longs(-1, block))),
            onnx.constant(Tensor.of(Shape.of(indices.length), indices))));
  }

  /** Returns where the rows {@code [O/c, C/c, kH*kW, c]} lie in {@code [O/c, C/c, c, kH*kW]}. */
  private LongStream forwardOrder() {
    int area = area();
    return LongStream.range(0, (long) layer.filters() / block * channels * area)
        .map(
            row -> {
              long inner = row % block;
              long element = row / block % area;
              long outer = row / block / area;
              return (outer * block + inner) * area + element;
            });
  }

  /**
   * Returns where the rows {@code [C/c, O/c, kH*kW, c]}, turned, lie in {@code [O, C/c, kH*kW]}.
   */
  private LongStream backwardOrder() {
    int area = area();
    long filterBlocks = layer.filters() / block;
    long channelBlocks = channels / block;
    return LongStream.range(0, channelBlocks * layer.filters() * area)
        .map(
            row -> {
              long inner = row % block;
              long element = area - 1 - row / block % area;
              long filter = row / block / area % filterBlocks * block + inner;
              long channel = row / block / area / filterBlocks;
              return (filter * channelBlocks + channel) * area + element;
            });
  }

  /** Returns where the rows {@code [C/c, kH*kW]} of turned depthwise kernels lie. */
  private LongStream turnedOrder() {
    int area = area();
    return LongStream.range(0, (long) channels / block * area)
        .map(row -> row / area * area + area - 1 - row % area);
  }

  private Size2d kernel() {
    return layer.window().kernel();
  }

  private int area() {
    return kernel().area();
  }
}
