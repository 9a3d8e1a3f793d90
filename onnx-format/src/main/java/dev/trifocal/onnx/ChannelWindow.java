package dev.trifocal.onnx;

import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Sums over neighbouring channels for local response normalisation. In an even window, ONNX's LRN
 * places the larger half after the channel and PyTorch before it.
 *
 * @param sample shape of one sample, {@code [C, H, W]}
 * @param before number of channels before the centre
 * @param after number of channels after the centre
 */
public record ChannelWindow(
    OnnxGraphBuilder onnx, LocalResponseNorm layer, Shape sample, int before, int after) {
  /** Returns the window as PyTorch places it. */
  public static ChannelWindow of(OnnxGraphBuilder onnx, LocalResponseNorm layer, Shape sample) {
    return new ChannelWindow(onnx, layer, sample, layer.size() / 2, (layer.size() - 1) / 2);
  }

  /** Returns the transposed window: the channels whose windows contain a given channel. */
  public ChannelWindow reversed() {
    return new ChannelWindow(onnx, layer, sample, after, before);
  }

  /** Returns the base of the denominator, {@code k + alpha / size * sum(x^2)}. */
  public String base(String x) {
    String mean = mean(onnx.node("Mul", List.of(x, x)));
    String scaled = onnx.node("Mul", List.of(mean, onnx.constant(layer.alpha())));
    return onnx.node("Add", List.of(scaled, onnx.constant(layer.k())));
  }

  /** Returns the sum over the window divided by {@code size}; channels out of range count as 0. */
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
