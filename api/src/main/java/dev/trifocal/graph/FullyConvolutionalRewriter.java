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

/**
 * Draws a classifier as a fully convolutional network. The body, all that an image of features
 * depends on, stays as it is, with the gates of squeeze-and-excitation blocks. In the head, values
 * are windows of maps, and each layer is drawn as one that does the same at each position.
 */
final class FullyConvolutionalRewriter implements LayerVisitor<HeadLayer, MapValue> {
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
    return builder.graph().freezeNodes(classifier.frozen());
  }

  /** Returns the kernels of former dense layers, by the name of the weight. */
  Map<String, DenseKernel> kernels() {
    return kernels;
  }

  private void draw() {
    Set<String> body = body();
    Map<String, MapValue> values = new HashMap<>();
    for (Node node : classifier.nodes()) {
      HeadLayer head = new HeadLayer(node, node.inputs().stream().map(values::get).toList());
      MapValue value = body.contains(node.path()) ? asItIs(head) : node.layer().accept(this, head);
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
  public MapValue dense(Dense layer, HeadLayer head) {
    MapValue input = head.input();
    if (input.window().rank() != MapValue.RANK) {
      return asItIs(head);
    }
    Shape window = input.window();
    if (window.elements() != input.shape().elements()) {
      return refused(head);
    }
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
        head.node().path() + ".weight",
        new DenseKernel(input.order(), window.batch(layer.units())));
    return MapValue.vector(drawn(head, conv), head.node().shape());
  }

  @Override
  public MapValue flatten(Flatten layer, HeadLayer head) {
    return head.input().reshaped(head.node().shape());
  }

  @Override
  public MapValue reshape(Reshape layer, HeadLayer head) {
    return head.input().reshaped(head.node().shape());
  }

  @Override
  public MapValue transpose(Transpose layer, HeadLayer head) {
    return head.input().transposed(layer.order()).orElseGet(() -> refused(head));
  }

  @Override
  public MapValue globalAvgPool(GlobalAvgPool layer, HeadLayer head) {
    return head.input().isMap() ? vector(head, head.input().map()) : asItIs(head);
  }

  @Override
  public MapValue globalMaxPool(GlobalMaxPool layer, HeadLayer head) {
    return refused(head);
  }

  @Override
  public MapValue reduce(Reduce layer, HeadLayer head) {
    MapValue input = head.input();
    Optional<MapValue> mean =
        layer.reduction() == Reduce.Reduction.MEAN
            ? input.mean(layer.axes(), head.node().shape())
            : Optional.empty();
    if (mean.isPresent()) {
      return mean.get();
    }
    if (input.isVector() && layer.axes().equals(List.of(input.vectorAxis()))) {
      Layer overChannels = new Reduce(layer.reduction(), List.of(0));
      return MapValue.vector(drawn(head, overChannels), head.node().shape());
    }
    if (input.isMap() && !layer.axes().equals(List.of(0))) {
      return refused(head);
    }
    return asItIs(head);
  }

  @Override
  public MapValue activation(Activation layer, HeadLayer head) {
    return head.input().map(drawn(head, layer));
  }

  @Override
  public MapValue dropout(Dropout layer, HeadLayer head) {
    return head.input().map(drawn(head, layer));
  }

  @Override
  public MapValue pRelu(PRelu layer, HeadLayer head) {
    return layer.slopes() == 1 ? head.input().map(drawn(head, layer)) : perChannel(head);
  }

  @Override
  public MapValue affine(Affine layer, HeadLayer head) {
    return layer.scale().size() == 1 ? head.input().map(drawn(head, layer)) : perChannel(head);
  }

  @Override
  public MapValue batchNorm(BatchNorm layer, HeadLayer head) {
    return perChannel(head);
  }

  @Override
  public MapValue softmax(Softmax layer, HeadLayer head) {
    return alongChannels(new Softmax(0), layer.axis(), head);
  }

  @Override
  public MapValue logSoftmax(LogSoftmax layer, HeadLayer head) {
    return alongChannels(new LogSoftmax(0), layer.axis(), head);
  }

  @Override
  public MapValue slice(Slice layer, HeadLayer head) {
    Layer channels = new Slice(0, layer.start(), layer.end(), layer.step());
    return alongChannels(channels, layer.axis(), head);
  }

  @Override
  public MapValue concat(Concat layer, HeadLayer head) {
    boolean ones = head.inputs().stream().allMatch(one -> one.shape().elements() == 1);
    boolean aligned = ones || layer.axis() == head.input().vectorAxis();
    return head.input().isPosition() && aligned ? joined(new Concat(0), head) : joined(layer, head);
  }

  @Override
  public MapValue add(Add layer, HeadLayer head) {
    return joined(layer, head);
  }

  @Override
  public MapValue multiply(Multiply layer, HeadLayer head) {
    return joined(layer, head);
  }

  @Override
  public MapValue divide(Divide layer, HeadLayer head) {
    return joined(layer, head);
  }

  @Override
  public MapValue input(Input layer, HeadLayer head) {
    return asItIs(head);
  }

  @Override
  public MapValue learnableInput(LearnableInput layer, HeadLayer head) {
    return asItIs(head);
  }

  @Override
  public MapValue conv2d(Conv2d layer, HeadLayer head) {
    boolean single = layer.window().equals(Window.square(1));
    return single ? asItIs(head) : ofMaps(head);
  }

  @Override
  public MapValue convTranspose2d(ConvTranspose2d layer, HeadLayer head) {
    return ofMaps(head);
  }

  @Override
  public MapValue matMul(MatMul layer, HeadLayer head) {
    return ofMaps(head);
  }

  @Override
  public MapValue maxPool2d(MaxPool2d layer, HeadLayer head) {
    return ofMaps(head);
  }

  @Override
  public MapValue avgPool2d(AvgPool2d layer, HeadLayer head) {
    return ofMaps(head);
  }

  @Override
  public MapValue batchReduce(BatchReduce layer, HeadLayer head) {
    return asItIs(head);
  }

  @Override
  public MapValue pad2d(Pad2d layer, HeadLayer head) {
    return ofMaps(head);
  }

  @Override
  public MapValue upsample2d(Upsample2d layer, HeadLayer head) {
    return ofMaps(head);
  }

  @Override
  public MapValue groupNorm(GroupNorm layer, HeadLayer head) {
    return ofMaps(head);
  }

  @Override
  public MapValue localResponseNorm(LocalResponseNorm layer, HeadLayer head) {
    return asItIs(head);
  }

  /** Draws a layer with parameters per channel, axis 0 of what it reads. */
  private MapValue perChannel(HeadLayer head) {
    MapValue input = head.input();
    return input.isVector() && input.vectorAxis() == 0
        ? input.map(drawn(head, head.node().layer()))
        : asItIs(head);
  }

  /** Draws a layer that works along the channels, if that is the axis of a vector. */
  private MapValue alongChannels(Layer channels, int axis, HeadLayer head) {
    MapValue input = head.input();
    if (!input.isPosition() && input.isWhole()) {
      return asItIs(head);
    }
    boolean alone = input.isVector() && input.shape().elements() > 1;
    return alone && axis == input.vectorAxis()
        ? vector(head, drawn(head, channels))
        : refused(head);
  }

  /** Draws a layer that combines maps, or vectors of one element per channel. */
  private MapValue joined(Layer layer, HeadLayer head) {
    if (head.inputs().stream().noneMatch(MapValue::isPosition)) {
      return asItIs(head);
    }
    List<MapValue> vectors = head.inputs().stream().map(one -> spread(one, head)).toList();
    return MapValue.isAligned(vectors, head.node().shape())
        ? vector(head, drawn(new HeadLayer(head.node(), vectors), layer))
        : refused(head);
  }

  /** Returns numbers that are not of a map, such as constants, as a vector for all positions. */
  private MapValue spread(MapValue value, HeadLayer head) {
    if (value.window().rank() != 1 || !value.isWhole()) {
      return value;
    }
    String path = classifier.unusedPath(head.node().path() + "_vector");
    Layer reshape = Layer.reshape(value.shape().size(0), 1, 1);
    return MapValue.vector(builder.node("", path, reshape, List.of(value.map())), value.shape());
  }

  /** Draws a layer that reads several positions, unless they are one in the classifier. */
  private MapValue ofMaps(HeadLayer head) {
    return head.inputs().stream().anyMatch(MapValue::isPosition) ? refused(head) : asItIs(head);
  }

  private MapValue vector(HeadLayer head, Value map) {
    return map.shape().size(0) == head.node().shape().elements()
        ? MapValue.vector(map, head.node().shape())
        : refused(head);
  }

  private MapValue asItIs(HeadLayer head) {
    if (!head.inputs().stream().allMatch(MapValue::isWhole)) {
      return refused(head);
    }
    return MapValue.of(drawn(head, head.node().layer()), head.node().shape());
  }

  private Value drawn(HeadLayer head, Layer layer) {
    return builder.node("", head.node().path(), layer, head.maps());
  }

  private MapValue refused(HeadLayer head) {
    Node node = head.node();
    throw new GraphException(
        "%s cannot become fully convolutional: what %s (%s) does with %s cannot be done at each position of a map alone"
            .formatted(
                classifier.name(),
                node.path(),
                node.layer().kind(),
                head.inputs().stream().map(MapValue::shape).toList()));
  }
}
