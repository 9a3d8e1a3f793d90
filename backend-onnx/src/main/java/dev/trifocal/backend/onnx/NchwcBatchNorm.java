package dev.trifocal.backend.onnx;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.onnx.NodeContext;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Batch norm in training and its gradient on the layout NCHWc. Scaling and shifting the channels is
 * a depthwise convolution with 1x1 kernels, which is one pass over memory.
 *
 * @param sample shape {@code [C, H, W]} of a sample
 */
record NchwcBatchNorm(OnnxGraphBuilder onnx, NchwcValues values, Shape sample) {
  /**
   * Results of the forward pass. All but the first two are {@code [C]}.
   *
   * @param output plain name of the output
   * @param centred input with zero mean, in the layout
   */
  record Normalised(
      String output, String centred, String inverseDeviation, String mean, String variance) {}

  Normalised normalised(BatchNorm layer, NodeContext context) {
    String x = values.blocked(context.input());
    String mean = values.channelMeans(x, sample);
    String centred =
        values.scaled(x, channels(), ones(), onnx.node("Neg", List.of(mean)), Optional.empty());
    String variance = values.channelMeans(multiply(centred, centred), sample);
    String deviation =
        onnx.node(
            "Sqrt", List.of(onnx.node("Add", List.of(variance, onnx.constant(layer.epsilon())))));
    String inverse = onnx.node("Reciprocal", List.of(deviation));
    String output =
        values.scaled(
            centred,
            channels(),
            multiply(context.parameter("weight"), inverse),
            context.parameter("bias"),
            Optional.empty());
    return new Normalised(values.add(output, channels()), centred, inverse, mean, variance);
  }

  /**
   * Returns the gradients.
   *
   * @param count values per channel in the batch
   */
  LayerGradients gradients(Normalised kept, GradientContext site, String count) {
    String dy = values.blocked(site.gradient());
    String inverse = kept.inverseDeviation();
    String mean = values.channelMeans(dy, sample);
    String projected = multiply(values.channelMeans(multiply(dy, kept.centred()), sample), inverse);
    Map<String, String> parameters =
        Map.of(
            site.parameter("weight"), multiply(projected, count),
            site.parameter("bias"), multiply(mean, count));
    if (!site.inputWanted()) {
      return new LayerGradients(List.of(), parameters);
    }
    String factor = multiply(site.parameter("weight"), inverse);
    String opposite = onnx.node("Neg", List.of(factor));
    String rest =
        values.scaled(
            kept.centred(),
            channels(),
            multiply(opposite, multiply(projected, inverse)),
            multiply(opposite, mean),
            Optional.empty());
    String dx = values.scaled(dy, channels(), factor, NchwcValues.NO_SHIFTS, Optional.of(rest));
    return new LayerGradients(List.of(values.add(dx, channels())), parameters);
  }

  private int channels() {
    return sample.size(0);
  }

  private String ones() {
    return onnx.constant(
        Tensor.floats(
            Shape.of(channels()),
            buffer -> {
              while (buffer.hasRemaining()) {
                buffer.put(1);
              }
            }));
  }

  private String multiply(String a, String b) {
    return onnx.node("Mul", List.of(a, b));
  }
}
