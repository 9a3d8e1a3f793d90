package dev.trifocal.onnx.importer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.trifocal.graph.Node;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A small model in the making, for tests. */
public final class TestModelBuilder {
  private final ModelProto.Builder model =
      ModelProto.newBuilder()
          .setIrVersion(8)
          .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17));

  /** With the input {@code x [N, 2, 3, 4]} and the output {@code y}. */
  public static TestModelBuilder plain() {
    return new TestModelBuilder().input("x", 0, 2, 3, 4).output("y");
  }

  public static TestModelBuilder empty() {
    return new TestModelBuilder();
  }

  /** A size of 0 stands for one that is left open. */
  public TestModelBuilder input(String name, long... sizes) {
    graph().addInput(value(name, sizes));
    return this;
  }

  public TestModelBuilder output(String... names) {
    Arrays.stream(names).forEach(name -> graph().addOutput(value(name, 0)));
    return this;
  }

  public TestModelBuilder node(
      String operator, String inputs, String outputs, AttributeProto... attributes) {
    graph().addNode(made(operator, inputs, outputs, attributes));
    return this;
  }

  public TestModelBuilder ints(String name, long... values) {
    graph().addInitializer(tensor(name, values));
    return this;
  }

  public TestModelBuilder floats(String name, List<Long> sizes, float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT_VALUE).addAllDims(sizes);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return initializer(tensor.build());
  }

  public TestModelBuilder initializer(TensorProto tensor) {
    graph().addInitializer(tensor);
    return this;
  }

  public ModelProto.Builder model() {
    return model;
  }

  public GraphProto.Builder graph() {
    return model.getGraphBuilder();
  }

  public ImportResult read() {
    return OnnxImporter.read(Path.of("model.onnx"), model.build(), ImportOptions.DEFAULT);
  }

  /** Kinds of the layers that it becomes, the input's aside. */
  public List<String> layers() {
    return imported().graph().nodes().stream()
        .map(Node::layer)
        .map(layer -> layer.kind())
        .filter(kind -> !kind.equals("Input"))
        .toList();
  }

  public ImportedGraph imported() {
    ImportResult read = read();
    if (read instanceof ImportedGraph graph) {
      return graph;
    }
    throw new AssertionError(obstacles());
  }

  public List<String> obstacles() {
    return read() instanceof ImportFailure not ? not.obstacles() : List.of();
  }

  /**
   * @param inputs separated by spaces; {@code -} for one left out
   */
  public static NodeProto made(
      String operator, String inputs, String outputs, AttributeProto... attributes) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(operator + "_" + outputs.split(" ")[0])
        .addAllInput(names(inputs))
        .addAllOutput(names(outputs))
        .addAllAttribute(Arrays.asList(attributes))
        .build();
  }

  public static List<String> names(String names) {
    return names.isEmpty()
        ? List.of()
        : Arrays.stream(names.split(" ")).map(name -> name.equals("-") ? "" : name).toList();
  }

  public static ValueInfoProto value(String name, long... sizes) {
    ValueInfoProto.Builder result = ValueInfoProto.newBuilder().setName(name);
    var tensor = result.getTypeBuilder().getTensorTypeBuilder().setElemType(DataType.FLOAT_VALUE);
    for (long size : sizes) {
      if (size == 0) {
        tensor.getShapeBuilder().addDimBuilder().setDimParam("N");
      } else {
        tensor.getShapeBuilder().addDimBuilder().setDimValue(size);
      }
    }
    return result.build();
  }

  public static TensorProto tensor(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.INT64_VALUE)
            .addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    return tensor.build();
  }

  public static AttributeProto number(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  public static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  public static AttributeProto numbers(String name, long... values) {
    AttributeProto.Builder result =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    Arrays.stream(values).forEach(result::addInts);
    return result.build();
  }

  public static AttributeProto graph(String name, GraphProto value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.GRAPH)
        .setG(value)
        .build();
  }
}
