package dev.trifocal.onnx.importer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Input;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodePath;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.onnx.internal.operand.UnsupportedValue;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The inputs of a model.
 *
 * @param flows inputs by name in the file, without those that only declare an initializer
 * @param batch the size of the first axis, if it is fixed and the same for all inputs
 * @param obstacles inputs that a graph cannot express
 * @param unread names of the inputs that nothing in the file reads
 */
record ModelInputs(
    Map<String, Operand> flows, OptionalLong batch, List<String> obstacles, List<String> unread) {
  private static final Set<DataType> REAL =
      Set.of(DataType.FLOAT, DataType.FLOAT16, DataType.DOUBLE, DataType.BFLOAT16);

  /** The number of axes of a batch of images. */
  private static final int IMAGES = 4;

  private static final List<Integer> CHANNELS_LAST = List.of(1, 2, 0);

  /**
   * Determines the inputs of a graph.
   *
   * @param nodes nodes that are searched for transpositions of an input to channels first
   */
  static ModelInputs of(GraphProto graph, List<OnnxNode> nodes, ImportOptions options) {
    Set<String> initializers = new HashSet<>();
    graph.getInitializerList().forEach(t -> initializers.add(t.getName()));
    graph.getSparseInitializerList().forEach(t -> initializers.add(t.getValues().getName()));
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(i -> !initializers.contains(i.getName())).toList();
    ChannelsLast last = ChannelsLast.of(nodes);
    Set<String> read = new HashSet<>();
    addRead(graph, read);
    Map<String, Operand> flows = new LinkedHashMap<>();
    List<String> obstacles = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      ValueInfoProto input = inputs.get(i);
      Optional<String> obstacle = obstacle(input);
      // A graph does not contain an input that nothing reads.
      obstacle.filter(reason -> read.contains(input.getName())).ifPresent(obstacles::add);
      flows.put(
          input.getName(),
          obstacle.isPresent()
              ? new UnsupportedValue(Optional.empty(), List.of())
              : flow(input, wanted(input, i == 0, options, last, read), last));
    }
    List<String> unread = flows.keySet().stream().filter(name -> !read.contains(name)).toList();
    return new ModelInputs(flows, batch(inputs), obstacles, unread);
  }

  List<PendingNode> pieces() {
    return flows.values().stream()
        .flatMap(operand -> operand instanceof DataValue f ? Optional.of(f.piece()).stream() : null)
        .toList();
  }

  private static Optional<Shape> wanted(
      ValueInfoProto input,
      boolean first,
      ImportOptions options,
      ChannelsLast last,
      Set<String> read) {
    List<TensorShapeProto.Dimension> sizes = sizes(input);
    boolean open = sizes.isEmpty() || sizes.stream().skip(1).anyMatch(s -> s.getDimValue() <= 0);
    Optional<Shape> named =
        Optional.ofNullable(options.samples().get(input.getName())).filter(shape -> open);
    Optional<Shape> wanted =
        first
            ? options.input().or(() -> named).or(() -> open ? options.ifOpen() : Optional.empty())
            : named;
    if (wanted.isEmpty() && open && !read.contains(input.getName())) {
      // Nothing depends on its size, and the graph will not contain it.
      return Optional.of(new Shape(Collections.nCopies(Math.max(0, sizes.size() - 1), 1)));
    }
    return wanted.map(shape -> last.is(input.getName()) ? channelsFirst(shape, input) : shape);
  }

  /** Adds the names that the nodes and outputs of a graph and of its subgraphs read. */
  private static void addRead(GraphProto graph, Set<String> read) {
    graph.getOutputList().forEach(output -> read.add(output.getName()));
    for (NodeProto node : graph.getNodeList()) {
      read.addAll(node.getInputList());
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          addRead(attribute.getG(), read);
        }
        attribute.getGraphsList().forEach(each -> addRead(each, read));
      }
    }
  }

  /** Moves the channels to the front if the declared sizes show that they are last in the shape. */
  private static Shape channelsFirst(Shape shape, ValueInfoProto input) {
    if (shape.rank() != CHANNELS_LAST.size() || sizes(input).size() != shape.rank() + 1) {
      return shape;
    }
    long channels = sizes(input).get(shape.rank()).getDimValue();
    boolean turned = shape.size(2) == channels && shape.size(0) != channels;
    return turned ? Shape.of(shape.size(2), shape.size(0), shape.size(1)) : shape;
  }

  /** Returns why a graph cannot have this input, which ONNX Runtime may accept. */
  private static Optional<String> obstacle(ValueInfoProto input) {
    String reason =
        switch (input.getType().getValueCase()) {
          case TENSOR_TYPE -> reason(input);
          case VALUE_NOT_SET -> "has no type";
          default -> "is not a tensor: " + input.getType().getValueCase();
        };
    return reason.isEmpty()
        ? Optional.empty()
        : Optional.of("input '%s' %s".formatted(input.getName(), reason));
  }

  private static String reason(ValueInfoProto input) {
    TypeProto.Tensor tensor = input.getType().getTensorType();
    DataType type = DataType.forNumber(tensor.getElemType());
    if (type == null || !REAL.contains(type)) {
      return "has unsupported type " + (type == null ? tensor.getElemType() : type);
    }
    return tensor.hasShape() && tensor.getShape().getDimCount() == 0 ? "has no batch axis" : "";
  }

  private static DataValue flow(ValueInfoProto input, Optional<Shape> wanted, ChannelsLast last) {
    List<TensorShapeProto.Dimension> sizes = sizes(input);
    boolean channelsLast = sizes.size() == IMAGES && last.is(input.getName());
    Shape shape = wanted.orElseGet(() -> declared(input, channelsLast));
    if (!sizes.isEmpty() && shape.rank() + 1 != sizes.size()) {
      throw new GraphException(
          "input '%s' has %d axes besides the batch, but the given shape is %s"
              .formatted(input.getName(), sizes.size() - 1, shape));
    }
    String name = NodePath.clean(input.getName());
    PendingNode piece =
        new PendingNode(name.isEmpty() ? "input" : name, new Input(shape), Map.of(), List.of());
    return channelsLast ? new DataValue(piece, CHANNELS_LAST) : DataValue.of(piece);
  }

  /** Returns the declared axes; empty if the file does not declare their number. */
  private static List<TensorShapeProto.Dimension> sizes(ValueInfoProto input) {
    return input.getType().getTensorType().getShape().getDimList();
  }

  private static Shape declared(ValueInfoProto input, boolean channelsLast) {
    List<TensorShapeProto.Dimension> all = sizes(input);
    if (all.isEmpty()) {
      throw open(input);
    }
    List<Integer> sizes = new ArrayList<>();
    for (TensorShapeProto.Dimension size : all.subList(1, all.size())) {
      if (size.getDimValue() <= 0 || size.getDimValue() > Integer.MAX_VALUE) {
        throw open(input);
      }
      sizes.add((int) size.getDimValue());
    }
    return new Shape(
        channelsLast ? List.of(sizes.get(2), sizes.get(0), sizes.get(1)) : List.copyOf(sizes));
  }

  private static OpenSizeException open(ValueInfoProto input) {
    return new OpenSizeException(
        MessageSanitizer.plain(
            "input '%s' leaves its size open: %s"
                .formatted(input.getName(), ModelInfoReader.sizes(input))));
  }

  private static OptionalLong batch(List<ValueInfoProto> inputs) {
    long[] sizes =
        inputs.stream()
            .map(ModelInputs::sizes)
            .filter(all -> !all.isEmpty())
            .mapToLong(all -> all.get(0).getDimValue())
            .distinct()
            .toArray();
    return sizes.length == 1 && sizes[0] > 0 ? OptionalLong.of(sizes[0]) : OptionalLong.empty();
  }
}
