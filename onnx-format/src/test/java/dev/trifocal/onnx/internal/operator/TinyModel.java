package dev.trifocal.onnx.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.trifocal.onnx.importer.ImportFailure;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportResult;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A model of a few nodes, as an exporter might have written it. */
final class TinyModel {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
  private final int opset;

  private TinyModel(int opset) {
    this.opset = opset;
  }

  static TinyModel opset(int version) {
    return new TinyModel(version);
  }

  /** With a batch that the file leaves open. */
  TinyModel input(String name, long... sample) {
    return input(name, TensorShapeProto.Dimension.newBuilder().setDimParam("N"), sample);
  }

  /** With a batch that the file gives. */
  TinyModel inputOfBatch(String name, long batch, long... sample) {
    return input(name, TensorShapeProto.Dimension.newBuilder().setDimValue(batch), sample);
  }

  private TinyModel input(String name, TensorShapeProto.Dimension.Builder batch, long... sample) {
    ValueInfoProto.Builder info = graph.addInputBuilder().setName(name);
    var tensor = info.getTypeBuilder().getTensorTypeBuilder();
    tensor.setElemType(TensorProto.DataType.FLOAT.getNumber());
    tensor.getShapeBuilder().addDim(batch);
    for (long size : sample) {
      tensor.getShapeBuilder().addDimBuilder().setDimValue(size);
    }
    return this;
  }

  /** Real numbers 1, 2, 3 and so on, divided by ten. */
  TinyModel counting(String name, long... sizes) {
    int count = (int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (i + 1) / 10f;
    }
    return reals(name, sizes, values);
  }

  TinyModel number(String name, double value) {
    return reals(name, new long[0], (float) value);
  }

  TinyModel reals(String name, long[] sizes, float... values) {
    TensorProto.Builder tensor =
        graph
            .addInitializerBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber());
    Arrays.stream(sizes).forEach(tensor::addDims);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return this;
  }

  /** Whole numbers with one axis. */
  TinyModel longs(String name, long... values) {
    TensorProto.Builder tensor =
        graph
            .addInitializerBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    return this;
  }

  /** One whole number. */
  TinyModel index(String name, long value) {
    graph
        .addInitializerBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT64.getNumber())
        .addInt64Data(value);
    return this;
  }

  /**
   * @param inputs names, with blanks between them; {@code -} for one that is left out
   * @param outputs likewise
   */
  TinyModel node(String operator, String inputs, String outputs, AttributeProto... attributes) {
    NodeProto.Builder node = graph.addNodeBuilder().setOpType(operator);
    Arrays.stream(inputs.split(" ")).map(i -> i.equals("-") ? "" : i).forEach(node::addInput);
    Arrays.stream(outputs.split(" ")).forEach(node::addOutput);
    node.addAllAttribute(Arrays.asList(attributes));
    return this;
  }

  /** An attribute of real numbers. */
  static AttributeProto attribute(String name, float... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.FLOATS);
    for (float value : values) {
      attribute.addFloats(value);
    }
    return attribute.build();
  }

  TinyModel output(String... names) {
    for (String name : names) {
      graph.addOutputBuilder().setName(name);
    }
    return this;
  }

  ImportResult read() {
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
            .setGraph(graph)
            .build();
    return OnnxImporter.read(Path.of("tiny.onnx"), model, ImportOptions.DEFAULT);
  }

  /** The graph that it must become. */
  ImportedTestModel graph() {
    ImportResult read = read();
    assertThat(read).as("%s", read).isInstanceOf(ImportedGraph.class);
    return new ImportedTestModel((ImportedGraph) read);
  }

  /** Why it must not become one. */
  List<String> obstacles() {
    ImportResult read = read();
    assertThat(read).isInstanceOf(ImportFailure.class);
    return ((ImportFailure) read).obstacles();
  }
}
