package dev.trifocal.onnx;

import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Sums over neighbouring channels, as local response norm takes them. ONNX's own LRN has the longer
 * half of an even window behind, PyTorch before.
 *
 * @param sample {@code [C, H, W]}
 * @param before channels before the one in the middle
 * @param after channels behind it
 */
public record ChannelWindow(
    OnnxGraphBuilder onnx, LocalResponseNorm layer, Shape sample, int before, int after) {
  public static ChannelWindow of(OnnxGraphBuilder onnx, LocalResponseNorm layer, Shape sample) {
    return new ChannelWindow(onnx, layer, sample, layer.size() / 2, (layer.size() - 1) / 2);
  }

  /** The channels in whose window a channel lies. */
  public ChannelWindow reversed() {
    return new ChannelWindow(onnx, layer, sample, after, before);
  }

  /** {@code k + alpha / size * sum x^2}. */
  public String base(String x) {
    String mean = mean(onnx.node("Mul", List.of(x, x)));
    String scaled = onnx.node("Mul", List.of(mean, onnx.constant(layer.alpha())));
    return onnx.node("Add", List.of(scaled, onnx.constant(layer.k())));
  }

  /** The window's sum over {@code size}; channels beyond the ends count as 0. */
  public String mean(String x) {
    String column = onnx.node("Reshape", List.of(x, onnx.longs(0, 1, sample.size(0), -1)));
    String padded = onnx.node("Pad", List.of(column, onnx.longs(0, 0, before, 0, 0, 0, after, 0)));
    String mean =
        onnx.node(
            "AveragePool",
            List.of(padded),
            Attribute.of("kernel_shape", layer.size(), 1L),
            Attribute.of("strides", 1L, 1L));
    return new ShapeOpLowering(onnx).reshapeLike(mean, x);
  }
}
