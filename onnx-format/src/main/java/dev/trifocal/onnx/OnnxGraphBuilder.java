package dev.trifocal.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import dev.trifocal.graph.Node;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.version.TrifocalVersion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Builds an ONNX model; values are referenced by name. */
public final class OnnxGraphBuilder {
  /** The producer name of exported models. */
  public static final String PRODUCER = "Trifocal";

  /** The newest opset that Debian's ONNX checker and older runtimes support. */
  public static final int PORTABLE_OPSET = 17;

  /** The opset from which all reductions take their axes as an input. */
  private static final int AXES_AS_INPUT = 18;

  private static final int IR_VERSION = 8;

  /** Name of the batch axis. */
  public static final String BATCH = "N";

  private static final String CAST = "Cast";

  /** ONNX Runtime does not accept smaller tensors from outside. */
  private static final int LEAST_EXTERNAL_BYTES = 128;

  /** The domain of the standard operators. */
  private static final String STANDARD = "";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final List<NodeProto> casts = new ArrayList<>();
  private final List<NodeProto.Builder> nodes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> made = new HashSet<>();
  private final Map<Tensor, String> constants = new HashMap<>();
  private final Map<String, String> renamed = new LinkedHashMap<>();
  private final Map<String, String> widened = new HashMap<>();
  private final List<Integer> reliedOn = new ArrayList<>();
  private final Set<String> domains = new TreeSet<>();
  private final int opset;
  private String scope = "";

  /**
   * Creates an empty model of {@link #PORTABLE_OPSET}.
   *
   * @param name name of the graph
   */
  public OnnxGraphBuilder(String name) {
    this(name, PORTABLE_OPSET);
  }

  /**
   * Creates an empty model.
   *
   * @param name name of the graph
   * @param opset the version of the operators; at least {@link #PORTABLE_OPSET}
   */
  public OnnxGraphBuilder(String name, int opset) {
    graph.setName(name);
    this.opset = opset;
  }

  /**
   * Sets the prefix of the names of subsequent nodes, such as {@code layer1.0.conv1/Conv}, so that
   * a viewer of the model shows the layer of each node. The slash keeps node names distinct from
   * those of inputs, outputs and weights.
   */
  public void scope(String path) {
    scope = path;
  }

  /** Returns the prefix of the names of subsequent nodes. */
  public String scope() {
    return scope;
  }

  /**
   * Adds a node with one output.
   *
   * @return the name of the output
   */
  public String node(String operator, List<String> inputs, AttributeProto... attributes) {
    return node(operator, 1, inputs, attributes).get(0);
  }

  /**
   * Adds a node with several outputs.
   *
   * @return the names of the outputs
   */
  public List<String> node(
      String operator, int outputs, List<String> inputs, AttributeProto... attributes) {
    return node(STANDARD, operator, outputs, inputs, attributes);
  }

  /**
   * Adds a node with one output whose operator is not part of the ONNX standard.
   *
   * @param domain domain of the operator; the model imports its version 1
   * @return the name of the output
   */
  public String node(
      String domain, String operator, List<String> inputs, AttributeProto... attributes) {
    domains.add(domain);
    return node(domain, operator, 1, inputs, attributes).get(0);
  }

  private List<String> node(
      String domain,
      String operator,
      int outputs,
      List<String> inputs,
      AttributeProto... attributes) {
    List<String> results = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      results.add(unique(scope + "/" + operator));
    }
    made.addAll(results);
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(results.get(0))
            .addAllInput(inputs)
            .addAllOutput(results)
            .addAllAttribute(Arrays.asList(attributes));
    if (!domain.equals(STANDARD)) {
      node.setDomain(domain);
    }
    nodes.add(node);
    return results;
  }

  /**
   * Adds a reduction that keeps the reduced axes with size 1.
   *
   * @param operator ReduceSum, ReduceMean, ReduceMax or ReduceMin
   */
  public String reduce(String operator, String input, long... axes) {
    return opset >= AXES_AS_INPUT || operator.equals("ReduceSum")
        ? node(operator, List.of(input, longs(axes)))
        : node(operator, List.of(input), Attribute.of("axes", axes));
  }

  /** Adds an unnamed constant; equal constants are shared. */
  public String constant(Tensor value) {
    return constants.computeIfAbsent(value, v -> initializer(unique("/constant"), v));
  }

  /** Adds a scalar float32 constant. */
  public String constant(double value) {
    return constant(Tensor.scalar((float) value));
  }

  /** Adds a one-dimensional int64 constant. */
  public String longs(long... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("expected at least one value");
    }
    return constant(Tensor.of(Shape.of(values.length), values));
  }

  /** Adds a named constant, such as a weight. */
  public String initializer(String name, Tensor value) {
    return initializer(name, value.shape(), elementType(value.type()), value.bytes());
  }

  /**
   * Adds a named float32 constant that is stored in 16 bits. A node casts it to float32, and all
   * nodes that name the constant read its result.
   */
  public String initializer(String name, Tensor value, HalfPrecision half) {
    initializer(name, value.shape(), elementType(half), half.narrowed(value));
    String wide = unique(name + "/" + CAST);
    casts.add(
        NodeProto.newBuilder()
            .setOpType(CAST)
            .setName(wide)
            .addInput(name)
            .addOutput(wide)
            .addAttribute(Attribute.of("to", TensorProto.DataType.FLOAT.getNumber()))
            .build());
    widened.put(name, wide);
    return name;
  }

  /**
   * Adds a named constant whose values are not in the model, which would copy them: they are
   * external data that a session gets by name. Tensors of less than 128 bytes, which ONNX Runtime
   * expects within the model, are stored there.
   */
  public String externalInitializer(String name, Tensor value) {
    if (value.byteCount() < LEAST_EXTERNAL_BYTES) {
      return initializer(name, value);
    }
    addInitializer(name, value.shape(), elementType(value.type()))
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(
            StringStringEntryProto.newBuilder().setKey("location").setValue("weights"));
    return name;
  }

  private String initializer(
      String name, Shape shape, TensorProto.DataType type, ByteBuffer littleEndian) {
    addInitializer(name, shape, type).setRawData(UnsafeByteOperations.unsafeWrap(littleEndian));
    return name;
  }

  private TensorProto.Builder addInitializer(String name, Shape shape, TensorProto.DataType type) {
    names.add(name);
    return graph
        .addInitializerBuilder()
        .setName(name)
        .setDataType(type.getNumber())
        .addAllDims(Arrays.stream(shape.toLongs()).boxed().toList());
  }

  /** Declares a float32 input of fixed shape. */
  public String input(String name, Shape shape) {
    graph.addInput(info(name, null, DynamicShape.of(shape)));
    names.add(name);
    return name;
  }

  /** Declares a float32 input {@code [N, ...]} with a symbolic batch axis. */
  public String batchInput(String name, Shape sample) {
    return batchInput(name, DynamicShape.of(sample));
  }

  /**
   * Declares a float32 input {@code [N, ...]} with a symbolic batch axis and possibly further
   * symbolic axes.
   */
  String batchInput(String name, DynamicShape sample) {
    graph.addInput(info(name, BATCH, sample));
    names.add(name);
    return name;
  }

  /** Declares a value as an output of fixed shape under another name. */
  public String output(String name, String value, Shape shape) {
    graph.addOutput(info(rename(name, value), null, DynamicShape.of(shape)));
    return name;
  }

  /**
   * Declares the shape {@code [N, ...]} of a value, for engines that cannot infer it, and returns
   * the value.
   */
  public String batchValue(String value, Shape sample) {
    graph.addValueInfo(info(value, BATCH, DynamicShape.of(sample)));
    return value;
  }

  /**
   * Declares a value as an output {@code [N, ...]} with a symbolic batch axis under another name.
   */
  public String batchOutput(String name, String value, Shape sample) {
    graph.addOutput(info(rename(name, value), BATCH, DynamicShape.of(sample)));
    return name;
  }

  /**
   * Declares the value of a node as an output under another name: {@code [N, ...]} with a symbolic
   * batch axis, or {@code [1, ...]} if the node is not batched.
   */
  public String output(String name, String value, Node node) {
    return output(name, value, node, DynamicShape.of(node.shape()));
  }

  /** Like {@link #output(String, String, Node)}, possibly with further symbolic axes. */
  String output(String name, String value, Node node, DynamicShape sample) {
    graph.addOutput(
        node.batched()
            ? info(rename(name, value), BATCH, sample)
            : info(rename(name, value), null, sample.row()));
    return name;
  }

  /** Records that the model is valid only if some axis has this size. */
  void relyOn(int size) {
    reliedOn.add(size);
  }

  /** Returns the sizes passed to {@link #relyOn}, in the order of the nodes. */
  List<Integer> reliedOn() {
    return List.copyOf(reliedOn);
  }

  /**
   * Returns the model.
   *
   * @param metadata entries of its metadata properties
   */
  public ModelProto build(Map<String, String> metadata) {
    graph.addAllNode(casts);
    nodes.forEach(node -> graph.addNode(settled(node)));
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName(PRODUCER)
            .setProducerVersion(TrifocalVersion.text())
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(STANDARD).setVersion(opset))
            .setGraph(graph);
    domains.forEach(
        domain ->
            model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(1)));
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build();
  }

  /**
   * Renames the value to the name of the output, because an Identity node would copy it on every
   * run.
   */
  private String rename(String name, String value) {
    boolean taken = renamed.containsKey(value) || !made.contains(value);
    String source = taken ? node("Identity", List.of(value)) : value;
    renamed.put(source, name);
    return name;
  }

  private NodeProto settled(NodeProto.Builder node) {
    NodeProto.Builder result = node.clone().clearInput().clearOutput();
    node.getInputList()
        .forEach(v -> result.addInput(renamed.getOrDefault(v, widened.getOrDefault(v, v))));
    node.getOutputList().forEach(v -> result.addOutput(renamed.getOrDefault(v, v)));
    return result.build();
  }

  private String unique(String base) {
    String name = base;
    for (int count = 2; !names.add(name); count++) {
      name = base + "_" + count;
    }
    return name;
  }

  private static ValueInfoProto info(String name, String batch, DynamicShape shape) {
    ValueInfoProto.Builder info = ValueInfoProto.newBuilder().setName(name);
    var tensor = info.getTypeBuilder().getTensorTypeBuilder();
    tensor.setElemType(TensorProto.DataType.FLOAT.getNumber());
    var dims = tensor.getShapeBuilder();
    if (batch != null) {
      dims.addDimBuilder().setDimParam(batch);
    }
    shape.addTo(dims);
    return info.build();
  }

  private static TensorProto.DataType elementType(HalfPrecision half) {
    return switch (half) {
      case FP16 -> TensorProto.DataType.FLOAT16;
      case BF16 -> TensorProto.DataType.BFLOAT16;
    };
  }

  private static TensorProto.DataType elementType(DataType type) {
    return switch (type) {
      case FLOAT32 -> TensorProto.DataType.FLOAT;
      case FLOAT64 -> TensorProto.DataType.DOUBLE;
      case INT32 -> TensorProto.DataType.INT32;
      case INT64 -> TensorProto.DataType.INT64;
      case UINT8 -> TensorProto.DataType.UINT8;
    };
  }
}
