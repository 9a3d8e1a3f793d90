package dev.trifocal.backend.onnx;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Activation;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Multiply;
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
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Lowers layers for training: dropout multiplies by a mask from the host, batch norm uses batch
 * statistics and updates the running statistics, max pool outputs the positions of the maxima, and
 * convolutions whose weights change take the form that is fastest for them. Values stay in the
 * layout NCHWc where layers allow, and activations and sums are merged into the convolution before
 * them. Intermediate values for the backward pass are kept by path.
 */
final class TrainingModeLayers implements ModeDependentLayers {
  private final OnnxGraphBuilder onnx;
  private final EvaluationModeLayers evaluation;
  private final Map<String, Dropout> masks = new LinkedHashMap<>();
  private final Map<String, String> indices = new LinkedHashMap<>();
  private final Map<String, Normalised> normalised = new LinkedHashMap<>();
  private final Map<String, NchwcBatchNorm.Normalised> normalisedInBlocks = new LinkedHashMap<>();
  private final RunningStatistics statistics;
  private final NchwcValues values;
  private final int batch;
  private final LayoutIndependence layouts;
  private final Graph graph;
  private final Set<String> readOnce;

  /**
   * Intermediate values of a batch norm.
   *
   * @param centred input with zero mean
   * @param inverseDeviation reciprocal of the standard deviation, per channel
   */
  record Normalised(String centred, String inverseDeviation) {}

  TrainingModeLayers(OnnxGraphBuilder onnx, StepTarget target, Graph graph) {
    this.onnx = onnx;
    this.values = new NchwcValues(onnx, target.block());
    this.batch = target.batch();
    this.layouts = new LayoutIndependence(values);
    this.graph = graph;
    this.readOnce = ReadOnce.of(graph);
    this.evaluation = new EvaluationModeLayers(onnx);
    this.statistics = new RunningStatistics(onnx);
  }

  @Override
  public String conv2d(Conv2d layer, NodeContext context) {
    if (context.node().frozen()) {
      return evaluation.conv2d(layer, context);
    }
    ConvolutionOutput output = new ConvolutionOutput(onnx, values, layer, context, batch);
    return output.of(output.fastest());
  }

  @Override
  public String dropout(Dropout layer, NodeContext context) {
    if (layer.p() == 0 || context.node().frozen()) {
      return context.input();
    }
    String name = maskName(context.node().path());
    if (masks.put(context.node().path(), layer) == null) {
      declareMask(name, context.node());
    }
    return onnx.node("Mul", List.of(context.input(), name));
  }

  private void declareMask(String name, Node node) {
    if (node.batched()) {
      onnx.batchInput(name, node.shape());
    } else {
      onnx.input(name, node.batchShape(1));
    }
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
    if (values.has(x)) {
      NchwcBatchNorm.Normalised result =
          new NchwcBatchNorm(onnx, values, sample).normalised(layer, context);
      normalisedInBlocks.put(context.node().path(), result);
      statistics.update(
          layer,
          context,
          result.mean(),
          result.variance(),
          countPerChannel(values.blocked(x), sample));
      return result.output();
    }
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

  @Override
  public String activation(Activation layer, NodeContext context) {
    return layouts.elementwise(
        context, given -> fused(layer, given).orElseGet(() -> evaluation.activation(layer, given)));
  }

  @Override
  public String add(Add layer, NodeContext context) {
    return layouts.elementwise(
        context, given -> fused(given).orElseGet(() -> evaluation.add(layer, given)));
  }

  @Override
  public String multiply(Multiply layer, NodeContext context) {
    return layouts.elementwise(context, given -> evaluation.multiply(layer, given));
  }

  @Override
  public String concat(Concat layer, NodeContext context) {
    return layer.axis() == 0
        ? layouts.concat(context, given -> evaluation.concat(layer, given))
        : evaluation.concat(layer, context);
  }

  /** Returns an activation that the convolution before it applies, if it can. */
  private Optional<String> fused(Activation layer, NodeContext context) {
    if (!readOnce.containsAll(context.node().inputs())) {
      return Optional.empty();
    }
    if (layer.equals(Layer.relu())) {
      return values.fusion().relu(context.input());
    }
    return layer.equals(Layer.relu6()) ? values.fusion().relu6(context.input()) : Optional.empty();
  }

  /** Returns a sum that one of the convolutions before it adds up, if it can. */
  private Optional<String> fused(NodeContext context) {
    List<String> paths = context.node().inputs();
    // What the convolution adds must have a row for each sample, as its own output has.
    if (paths.size() != 2 || !paths.stream().allMatch(path -> graph.node(path).batched())) {
      return Optional.empty();
    }
    return IntStream.range(0, 2)
        .filter(input -> readOnce.contains(paths.get(input)))
        .mapToObj(
            input ->
                values.fusion().sum(context.inputs().get(input), context.inputs().get(1 - input)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Returns the dropout layers whose masks are inputs, by path. */
  Map<String, Dropout> masks() {
    return masks;
  }

  /** Returns the paths of the nodes that exactly one other reads, and that are no outputs. */
  Set<String> readOnce() {
    return readOnce;
  }

  LayoutIndependence layouts() {
    return layouts;
  }

  NchwcValues values() {
    return values;
  }

  /** Returns the number of samples in most batches. */
  int batch() {
    return batch;
  }

  RunningStatistics statistics() {
    return statistics;
  }

  String indices(String path) {
    return indices.get(path);
  }

  /** Returns the intermediate values of a batch norm whose input was in the layout NCHWc. */
  Optional<NchwcBatchNorm.Normalised> normalisedInBlocks(String path) {
    return Optional.ofNullable(normalisedInBlocks.get(path));
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
