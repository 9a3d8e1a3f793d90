package dev.trifocal.backend.onnx;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.EvaluationModeLayers;
import dev.trifocal.onnx.ModeDependentLayers;
import dev.trifocal.onnx.NodeContext;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.onnx.PoolGeometry;
import dev.trifocal.shape.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lowers layers for training: dropout multiplies by a mask from the host, batch norm uses batch
 * statistics and updates the running statistics, max pool outputs the positions of the maxima, and
 * convolutions whose weights change take the form that is fastest for them. Intermediate values for
 * the backward pass are kept by path.
 */
final class TrainingModeLayers implements ModeDependentLayers {
  private final OnnxGraphBuilder onnx;
  private final EvaluationModeLayers evaluation;
  private final Map<String, Dropout> masks = new LinkedHashMap<>();
  private final Map<String, String> indices = new LinkedHashMap<>();
  private final Map<String, Normalised> normalised = new LinkedHashMap<>();
  private final RunningStatistics statistics;

  /**
   * Intermediate values of a batch norm.
   *
   * @param centred input with zero mean
   * @param inverseDeviation reciprocal of the standard deviation, per channel
   */
  record Normalised(String centred, String inverseDeviation) {}

  TrainingModeLayers(OnnxGraphBuilder onnx) {
    this.onnx = onnx;
    this.evaluation = new EvaluationModeLayers(onnx);
    this.statistics = new RunningStatistics(onnx);
  }

  @Override
  public String conv2d(Conv2d layer, NodeContext context) {
    Im2ColConvolution patches =
        new Im2ColConvolution(
            onnx, layer, context.node().inputShapes().get(0), context.node().shape());
    if (context.node().frozen() || !patches.gathersFaster()) {
      return evaluation.conv2d(layer, context);
    }
    return patches.product(
        context.input(),
        context.parameter("weight"),
        layer.bias() ? Optional.of(context.parameter("bias")) : Optional.empty());
  }

  @Override
  public String dropout(Dropout layer, NodeContext context) {
    if (layer.p() == 0 || context.node().frozen()) {
      return context.input();
    }
    String name = maskName(context.node().path());
    String mask =
        context.node().batched()
            ? onnx.batchInput(name, context.node().shape())
            : onnx.input(name, context.node().batchShape(1));
    masks.put(context.node().path(), layer);
    return onnx.node("Mul", List.of(context.input(), mask));
  }

  @Override
  public String maxPool2d(MaxPool2d layer, NodeContext context) {
    List<String> results =
        onnx.node(
            "MaxPool",
            2,
            List.of(context.input()),
            PoolGeometry.of(layer.window(), context.node()).attributes());
    indices.put(context.node().path(), results.get(1));
    return results.get(0);
  }

  @Override
  public String batchNorm(BatchNorm layer, NodeContext context) {
    if (context.node().frozen()) {
      return evaluation.batchNorm(layer, context);
    }
    Shape sample = context.node().shape();
    String x = context.input();
    String mean = mean(x, sample);
    String centred = onnx.node("Sub", List.of(x, mean));
    String variance = mean(onnx.node("Mul", List.of(centred, centred)), sample);
    String deviation =
        onnx.node(
            "Sqrt", List.of(onnx.node("Add", List.of(variance, onnx.constant(layer.epsilon())))));
    String inverse = onnx.node("Reciprocal", List.of(deviation));
    normalised.put(context.node().path(), new Normalised(centred, inverse));
    statistics.update(layer, context, mean, variance, countPerChannel(x, sample));
    // Multiplying the scales first saves a pass over the batch.
    String scale = onnx.node("Mul", List.of(channels(context, "weight"), inverse));
    return onnx.node(
        "Add", List.of(onnx.node("Mul", List.of(centred, scale)), channels(context, "bias")));
  }

  /** Returns the dropout layers whose masks are inputs, by path. */
  Map<String, Dropout> masks() {
    return masks;
  }

  RunningStatistics statistics() {
    return statistics;
  }

  String indices(String path) {
    return indices.get(path);
  }

  Normalised normalised(String path) {
    return normalised.get(path);
  }

  /** Returns a per-channel parameter, shaped to broadcast over batch and space. */
  String channels(NodeContext context, String name) {
    Shape sample = context.node().shape();
    long[] sizes = new long[sample.rank()];
    java.util.Arrays.fill(sizes, 1);
    sizes[0] = sample.size(0);
    return onnx.node("Reshape", List.of(context.parameter(name), onnx.longs(sizes)));
  }

  static String maskName(String path) {
    return "mask/" + path;
  }

  /** Returns all axes of a batch except the channel axis. */
  static long[] batchAxes(Shape sample) {
    return sample.rank() == 1 ? new long[] {0} : new long[] {0, 2, 3};
  }

  /** Returns the number of values per channel in the batch, as float32. */
  String countPerChannel(String x, Shape sample) {
    String rows =
        onnx.node(
            "Cast",
            List.of(
                onnx.node("Shape", List.of(x), Attribute.of("start", 0L), Attribute.of("end", 1L))),
            Attribute.of("to", 1L));
    return onnx.node(
        "Mul", List.of(rows, onnx.constant((double) sample.elements() / sample.size(0))));
  }

  private String mean(String x, Shape sample) {
    return onnx.reduce("ReduceMean", x, batchAxes(sample));
  }
}
