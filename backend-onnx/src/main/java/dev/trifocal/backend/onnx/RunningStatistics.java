package dev.trifocal.backend.onnx;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.onnx.NodeContext;
import dev.trifocal.onnx.OnnxGraphBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The running mean and variance of batch norms as a training step updates them. */
final class RunningStatistics {
  private final OnnxGraphBuilder onnx;
  private final Map<String, String> updated = new LinkedHashMap<>();

  RunningStatistics(OnnxGraphBuilder onnx) {
    this.onnx = onnx;
  }

  /**
   * Updates the statistics of a batch norm, once.
   *
   * @param mean of the batch, per channel
   * @param variance likewise, biased
   * @param count values per channel in the batch, as float32
   */
  void update(BatchNorm layer, NodeContext context, String mean, String variance, String count) {
    if (updated.containsKey(context.parameter("running_mean"))) {
      return;
    }
    String correction =
        onnx.node("Div", List.of(count, onnx.node("Sub", List.of(count, onnx.constant(1)))));
    update(layer, context, "running_mean", mean);
    update(layer, context, "running_var", onnx.node("Mul", List.of(variance, correction)));
  }

  /** The running statistics after the step: full name to value. */
  Map<String, String> updated() {
    return updated;
  }

  private void update(BatchNorm layer, NodeContext context, String name, String batch) {
    String full = context.parameter(name);
    String flat = onnx.node("Reshape", List.of(batch, onnx.longs(-1)));
    updated.put(
        full,
        onnx.node(
            "Add",
            List.of(
                onnx.node("Mul", List.of(full, onnx.constant(1 - layer.momentum()))),
                onnx.node("Mul", List.of(flat, onnx.constant(layer.momentum()))))));
  }
}
