package dev.trifocal.graph;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Activation;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.Affine;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.BatchReduce;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Divide;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.Flatten;
import dev.trifocal.layer.GlobalAvgPool;
import dev.trifocal.layer.GlobalMaxPool;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.Input;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LayerVisitor;
import dev.trifocal.layer.LearnableInput;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.layer.LogSoftmax;
import dev.trifocal.layer.MatMul;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Multiply;
import dev.trifocal.layer.PRelu;
import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Reduce;
import dev.trifocal.layer.Reshape;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Slice;
import dev.trifocal.layer.Softmax;
import dev.trifocal.layer.Transpose;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Draws a classifier as a fully convolutional network. The body, all that an image of features
 * depends on, stays as it is, with the gates of squeeze-and-excitation blocks. In the head, values
 * are windows of maps, and each layer is drawn as one that does the same at each position.
 */
final class FullyConvolutionalRewriter
    implements LayerVisitor<FullyConvolutionalRewriter.Step, MapValue> {
  /**
   * A layer of the head.
   *
   * @param inputs what it reads
   */
  record Step(Node node, List<MapValue> inputs) {
    MapValue input() {
      return inputs.get(0);
    }

    List<Value> maps() {
      return inputs.stream().map(MapValue::map).toList();
    }
  }

  /** The layers that only change how elements are laid out. */
  private static final Set<String> LAYOUT = Set.of("Flatten", "Reshape", "Transpose");

  private final Graph classifier;
  private final GraphBuilder builder;
  private final Map<String, DenseKernel> kernels = new LinkedHashMap<>();

  private FullyConvolutionalRewriter(Graph classifier, GraphBuilder builder) {
    this.classifier = classifier;
    this.builder = builder;
  }

  /** Draws a classifier. */
  static FullyConvolutionalRewriter of(Graph classifier) {
    FullyConvolutionalRewriter result =
        new FullyConvolutionalRewriter(classifier, new GraphBuilder(classifier.name()));
    result.draw();
    return result;
  }

  Graph graph() {
    Set<String> frozen =
        classifier.nodes().stream()
            .filter(Node::frozen)
            .map(Node::path)
            .collect(Collectors.toSet());
    return builder.graph().freezeNodes(frozen);
  }

  /** Returns the kernels of former dense layers, by the name of the weight. */
  Map<String, DenseKernel> kernels() {
    return kernels;
  }

  private void draw() {
    Set<String> body = body();
    Map<String, MapValue> values = new HashMap<>();
    for (Node node : classifier.nodes()) {
      Step step = new Step(node, node.inputs().stream().map(values::get).toList());
      MapValue value = body.contains(node.path()) ? asItIs(step) : node.layer().accept(this, step);
      values.put(node.path(), value);
    }
    classifier.outputs().forEach((name, path) -> builder.output(name, values.get(path).map()));
  }

  /** Returns the paths of the nodes that an image of features depends on, with those themselves. */
  private Set<String> body() {
    Set<String> result = new HashSet<>();
    List<Node> nodes = classifier.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      Shape shape = node.shape();
      boolean features = shape.rank() == MapValue.RANK && shape.size(1) > 1 && shape.size(2) > 1;
      if (features && !LAYOUT.contains(node.layer().kind())) {
        result.add(node.path());
      }
      if (result.contains(node.path())) {
        result.addAll(node.inputs());
      }
    }
    return result;
  }

  @Override
  public MapValue dense(Dense layer, Step step) {
    MapValue input = step.input();
    if (input.window().rank() != MapValue.RANK) {
      return asItIs(step);
    }
    Shape window = input.window();
    Window single = Window.square(1);
    Conv2d conv =
        new Conv2d(
            layer.units(),
            new Window(
                new Size2d(window.size(1), window.size(2)),
                single.stride(),
                single.padding(),
                single.dilation(),
                single.rounding()),
            1,
            layer.bias(),
            layer.weightInitializer(),
            layer.biasInitializer());
    kernels.put(
        step.node().path() + ".weight",
        new DenseKernel(input.order(), window.batch(layer.units())));
    return MapValue.vector(drawn(step, conv), step.node().shape());
  }

  @Override
  public MapValue flatten(Flatten layer, Step step) {
    return step.input().reshaped(step.node().shape());
  }

  @Override
  public MapValue reshape(Reshape layer, Step step) {
    return step.input().reshaped(step.node().shape());
  }

  @Override
  public MapValue transpose(Transpose layer, Step step) {
    return step.input().transposed(layer.order()).orElseThrow(() -> refusal(step));
  }

  @Override
  public MapValue globalAvgPool(GlobalAvgPool layer, Step step) {
    return step.input().isMap()
        ? MapValue.vector(step.input().map(), step.node().shape())
        : asItIs(step);
  }

  @Override
  public MapValue globalMaxPool(GlobalMaxPool layer, Step step) {
    throw refusal(step);
  }

  @Override
  public MapValue reduce(Reduce layer, Step step) {
    MapValue input = step.input();
    Optional<MapValue> mean =
        layer.reduction() == Reduce.Reduction.MEAN
            ? input.mean(layer.axes(), step.node().shape())
            : Optional.empty();
    if (mean.isPresent()) {
      return mean.get();
    }
    if (input.isVector() && layer.axes().equals(List.of(input.vectorAxis()))) {
      Layer overChannels = new Reduce(layer.reduction(), List.of(0));
      return MapValue.vector(drawn(step, overChannels), step.node().shape());
    }
    if (input.isMap() && !layer.axes().equals(List.of(0))) {
      throw refusal(step);
    }
    return asItIs(step);
  }

  @Override
  public MapValue activation(Activation layer, Step step) {
    return step.input().map(drawn(step, layer));
  }

  @Override
  public MapValue dropout(Dropout layer, Step step) {
    return step.input().map(drawn(step, layer));
  }

  @Override
  public MapValue pRelu(PRelu layer, Step step) {
    return layer.slopes() == 1 ? step.input().map(drawn(step, layer)) : perChannel(step);
  }

  @Override
  public MapValue affine(Affine layer, Step step) {
    return layer.scale().size() == 1 ? step.input().map(drawn(step, layer)) : perChannel(step);
  }

  @Override
  public MapValue batchNorm(BatchNorm layer, Step step) {
    return perChannel(step);
  }

  @Override
  public MapValue softmax(Softmax layer, Step step) {
    return alongChannels(new Softmax(0), layer.axis(), step);
  }

  @Override
  public MapValue logSoftmax(LogSoftmax layer, Step step) {
    return alongChannels(new LogSoftmax(0), layer.axis(), step);
  }

  @Override
  public MapValue slice(Slice layer, Step step) {
    Layer channels = new Slice(0, layer.start(), layer.end(), layer.step());
    return alongChannels(channels, layer.axis(), step);
  }

  @Override
  public MapValue concat(Concat layer, Step step) {
    boolean channels =
        step.inputs().stream().allMatch(MapValue::isVector)
            && layer.axis() == step.input().vectorAxis();
    return channels ? joined(new Concat(0), step) : joined(layer, step);
  }

  @Override
  public MapValue add(Add layer, Step step) {
    return joined(layer, step);
  }

  @Override
  public MapValue multiply(Multiply layer, Step step) {
    return joined(layer, step);
  }

  @Override
  public MapValue divide(Divide layer, Step step) {
    return joined(layer, step);
  }

  @Override
  public MapValue input(Input layer, Step step) {
    return asItIs(step);
  }

  @Override
  public MapValue learnableInput(LearnableInput layer, Step step) {
    return asItIs(step);
  }

  @Override
  public MapValue conv2d(Conv2d layer, Step step) {
    return asItIs(step);
  }

  @Override
  public MapValue convTranspose2d(ConvTranspose2d layer, Step step) {
    return asItIs(step);
  }

  @Override
  public MapValue matMul(MatMul layer, Step step) {
    return asItIs(step);
  }

  @Override
  public MapValue maxPool2d(MaxPool2d layer, Step step) {
    return asItIs(step);
  }

  @Override
  public MapValue avgPool2d(AvgPool2d layer, Step step) {
    return asItIs(step);
  }

  @Override
  public MapValue batchReduce(BatchReduce layer, Step step) {
    return asItIs(step);
  }

  @Override
  public MapValue pad2d(Pad2d layer, Step step) {
    return asItIs(step);
  }

  @Override
  public MapValue upsample2d(Upsample2d layer, Step step) {
    return asItIs(step);
  }

  @Override
  public MapValue groupNorm(GroupNorm layer, Step step) {
    return asItIs(step);
  }

  @Override
  public MapValue localResponseNorm(LocalResponseNorm layer, Step step) {
    return asItIs(step);
  }

  /** Draws a layer with parameters per channel, axis 0 of what it reads. */
  private MapValue perChannel(Step step) {
    MapValue input = step.input();
    return input.isVector() && input.vectorAxis() == 0
        ? input.map(drawn(step, step.node().layer()))
        : asItIs(step);
  }

  /** Draws a layer that works along the channels, if that is the axis of a vector. */
  private MapValue alongChannels(Layer channels, int axis, Step step) {
    MapValue input = step.input();
    if (input.isMap()) {
      return asItIs(step);
    }
    if (!input.isVector() || axis != input.vectorAxis()) {
      throw refusal(step);
    }
    return MapValue.vector(drawn(step, channels), step.node().shape());
  }

  /** Draws a layer that combines maps, or vectors of one element per channel. */
  private MapValue joined(Layer layer, Step step) {
    if (step.inputs().stream().allMatch(MapValue::isWhole)) {
      return asItIs(step);
    }
    List<MapValue> vectors = step.inputs().stream().map(one -> spread(one, step)).toList();
    if (!vectors.stream().allMatch(MapValue::isVector)) {
      throw refusal(step);
    }
    return MapValue.vector(drawn(new Step(step.node(), vectors), layer), step.node().shape());
  }

  /** Returns numbers that are not of a map, such as constants, as a vector for all positions. */
  private MapValue spread(MapValue value, Step step) {
    if (value.window().rank() != 1 || !value.isWhole()) {
      return value;
    }
    String path = classifier.unusedPath(step.node().path() + "_vector");
    Layer reshape = Layer.reshape(value.shape().size(0), 1, 1);
    return MapValue.vector(builder.node("", path, reshape, List.of(value.map())), value.shape());
  }

  private MapValue asItIs(Step step) {
    if (!step.inputs().stream().allMatch(MapValue::isWhole)) {
      throw refusal(step);
    }
    return MapValue.of(drawn(step, step.node().layer()), step.node().shape());
  }

  private Value drawn(Step step, Layer layer) {
    return builder.node("", step.node().path(), layer, step.maps());
  }

  private GraphException refusal(Step step) {
    Node node = step.node();
    return new GraphException(
        "%s cannot become fully convolutional: no layer does at each position what %s (%s) does with %s; convert a part of the network that ends before it"
            .formatted(
                classifier.name(),
                node.path(),
                node.layer().kind(),
                step.inputs().stream().map(MapValue::shape).toList()));
  }
}
