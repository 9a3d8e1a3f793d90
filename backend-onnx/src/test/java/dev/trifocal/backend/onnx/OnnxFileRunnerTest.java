package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A model file runs as it is")
class OnnxFileRunnerTest {
  private static final Tensor WHOLE = Tensor.of(Shape.of(2, 3), 0, 1, 2, 3, 100, 7f);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "FLOAT16", "DOUBLE", "INT64", "INT32", "INT16", "INT8", "UINT8"})
  void whateverTypeOfNumbersItTakesAndMakes(DataType type) {
    try (Program program = open(type, 0)) {
      assertThat(program.run(Map.of("x", WHOLE))).isEqualTo(Map.of("y", WHOLE));
    }
  }

  @Test
  void withWholeNumbersOnTheHostToo() {
    try (Program program = open(DataType.FLOAT, 0)) {
      Tensor longs = Tensor.of(Shape.of(2, 3), 0, 1, 2, 3, 100, 7L);
      assertThat(program.run(Map.of("x", longs))).isEqualTo(Map.of("y", WHOLE));
    }
  }

  @Test
  void butNotWithNumbersThatItsTypeDoesNotHave() {
    try (Program program = open(DataType.UINT8, 0)) {
      assertThatThrownBy(() -> program.run(Map.of("x", Tensor.of(Shape.of(1, 3), 0, 256, 1f))))
          .isInstanceOf(DataException.class)
          .hasMessage(file() + ": input 'x' must be of type UINT8, but contains 256.0");
      assertThatThrownBy(() -> program.run(Map.of("x", Tensor.of(Shape.of(1, 3), 0, 0.5f, 1f))))
          .hasMessage(file() + ": input 'x' must be of type UINT8, but contains 0.5");
    }
  }

  @Test
  void withWholeNumbersThatFloat32DoesNotHave() {
    try (Program program = open(DataType.INT64, 1)) {
      Tensor large = Tensor.of(Shape.of(2, 3), 0, 1, 2, 3, 4, (1L << 24) + 1);
      assertThat(program.run(Map.of("x", large))).as("in two runs").isEqualTo(Map.of("y", large));
    }
  }

  @Test
  void inPartsWhereTheFileFixesTheBatch() {
    Tensor four = Tensor.of(Shape.of(4, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12f);
    try (Program program = open(DataType.FLOAT, 2)) {
      assertThat(program.run(Map.of("x", four))).isEqualTo(Map.of("y", four));
      Tensor three = four.slice(0, 0, 3);
      assertThat(program.run(Map.of("x", three))).as("padded").isEqualTo(Map.of("y", three));
      Tensor one = four.slice(0, 3, 4);
      assertThat(program.run(Map.of("x", one))).as("padded").isEqualTo(Map.of("y", one));
    }
  }

  @Test
  void andSharesAnInputWithFewerSamplesAmongTheRuns() {
    NodeProto.Builder sum =
        NodeProto.newBuilder().setOpType("Add").addInput("x").addInput("z").addOutput("y");
    List<ValueInfoProto> inputs =
        List.of(value("x", DataType.FLOAT, 2), value("z", DataType.FLOAT, 0));
    Tensor three = Tensor.of(Shape.of(3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9f);
    Tensor one = Tensor.of(Shape.of(1, 3), 10, 20, 30f);
    try (Program program = open(inputs, value("y", DataType.FLOAT, 2), sum)) {
      assertThat(program.run(Map.of("x", three, "z", one)))
          .isEqualTo(Map.of("y", Tensor.of(Shape.of(3, 3), 11, 22, 33, 14, 25, 36, 17, 28, 39f)));
      assertThat(program.run(Map.of("x", three, "z", three)))
          .isEqualTo(Map.of("y", Tensor.of(Shape.of(3, 3), 2, 4, 6, 8, 10, 12, 14, 16, 18f)));
    }
  }

  @Test
  void wholeWhereEveryInputHasTheSizeThatTheFileFixes() {
    NodeProto.Builder product =
        NodeProto.newBuilder().setOpType("MatMul").addInput("x").addInput("z").addOutput("y");
    List<ValueInfoProto> inputs =
        List.of(value("x", DataType.FLOAT, 2), value("z", DataType.FLOAT, 3));
    Tensor twice = Tensor.of(Shape.of(3, 3), 2, 0, 0, 0, 2, 0, 0, 0, 2f);
    try (Program program = open(inputs, value("y", DataType.FLOAT, 2), product)) {
      assertThat(program.run(Map.of("x", WHOLE, "z", twice)))
          .isEqualTo(Map.of("y", Tensor.of(Shape.of(2, 3), 0, 2, 4, 6, 200, 14f)));
      Tensor four = Tensor.concat(0, List.of(WHOLE, WHOLE));
      assertThat(program.run(Map.of("x", four, "z", twice)).get("y").shape())
          .as("in two runs that share the other input")
          .isEqualTo(Shape.of(4, 3));
      assertThatThrownBy(() -> program.run(Map.of("x", four, "z", four)))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("takes 2 samples of one input at a time and 3 of another");
    }
  }

  @Test
  void butWhatHasNoBatchAxisIsNotJoined() {
    AttributeProto.Builder none =
        AttributeProto.newBuilder()
            .setName("keepdims")
            .setType(AttributeProto.AttributeType.INT)
            .setI(0);
    ValueInfoProto.Builder sum = ValueInfoProto.newBuilder().setName("y");
    sum.getTypeBuilder().getTensorTypeBuilder().setElemType(DataType.FLOAT_VALUE).getShapeBuilder();
    try (Program program =
        open(value("x", DataType.FLOAT, 2), sum.build(), node("ReduceSum", none))) {
      assertThat(program.run(Map.of("x", WHOLE))).isEqualTo(Map.of("y", Tensor.scalar(113)));
      Tensor four = Tensor.floats(Shape.of(4, 3), b -> {});
      assertThatThrownBy(() -> program.run(Map.of("x", four)))
          .isInstanceOf(DataException.class)
          .hasMessage(
              file()
                  + ": output 'y' has no batch axis, so the results of 2 runs cannot be concatenated;"
                  + " run the samples one by one");
      Tensor three = Tensor.floats(Shape.of(3, 3), b -> {});
      assertThatThrownBy(() -> program.run(Map.of("x", three)))
          .isInstanceOf(DataException.class)
          .hasMessage(file() + " takes 2 samples at a time, but got 3");
    }
  }

  @Test
  void andSaysWhatDoesNotFit() {
    Program program = open(DataType.FLOAT, 0);
    Tensor wide = Tensor.floats(Shape.of(1, 4), b -> {});
    assertThatThrownBy(() -> program.run(Map.of("x", wide)))
        .isInstanceOf(DataException.class)
        .hasMessage(file() + ": input 'x' must have shape [N, 3], but got [1, 4]");
    assertThatThrownBy(() -> program.run(Map.of("z", WHOLE)))
        .hasMessage(file() + ": input 'x' is missing; there are [z]");
    program.close();
    program.close();
    assertThatThrownBy(() -> program.run(Map.of("x", WHOLE)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void withInputsOfAnyRankWhereTheFileLeavesItOpen() {
    ValueInfoProto.Builder open = ValueInfoProto.newBuilder().setName("x");
    open.getTypeBuilder().getTensorTypeBuilder().setElemType(DataType.FLOAT.getNumber());
    NodeProto.Builder relu = NodeProto.newBuilder().setOpType("Relu").addInput("x").addOutput("y");
    ValueInfoProto result = open.clone().setName("y").build();
    try (Program program = open(open.build(), result, relu)) {
      for (Shape shape : List.of(Shape.of(), Shape.of(3), Shape.of(3, 4), Shape.of(1, 2, 3, 4))) {
        Tensor given = Tensor.floats(shape, values -> {});
        assertThat(program.run(Map.of("x", given)).get("y")).isEqualTo(given);
      }
    }
  }

  @Test
  void unlessItsVersionIsTooNew() throws IOException {
    open(DataType.FLOAT, 0).close();
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file()));
    OperatorSetIdProto own = OperatorSetIdProto.newBuilder().setVersion(1000).build();
    refused(
        model.toBuilder().setOpsetImport(0, own).build(),
        "it has opset 1000 of domain ai\\.onnx, and ONNX Runtime supports up to (\\d+); export it with opset_version=\\1 or lower, or convert it with onnx\\.version_converter\\.convert_version\\(model, \\1\\)");
    refused(
        model.toBuilder().addOpsetImport(own.toBuilder().setDomain("ai.onnx.ml")).build(),
        "it has opset 1000 of domain ai\\.onnx\\.ml, and ONNX Runtime supports up to (\\d+); export it with version \\1 of this domain or lower");
    refused(
        model.toBuilder().setIrVersion(1000).build(),
        "it has IR version 1000, and ONNX Runtime supports up to (\\d+); set model\\.ir_version = \\1 with Python's onnx package and save it again");
  }

  @Test
  void butWhatItCannotComputeIsToldWithoutTheSourceOfTheEngine() {
    NodeProto.Builder product =
        NodeProto.newBuilder()
            .setOpType("MatMul")
            .setName("times")
            .addInput("x")
            .addInput("z")
            .addOutput("y");
    List<ValueInfoProto> inputs =
        List.of(value("x", DataType.FLOAT, 0), value("z", DataType.FLOAT, 0));
    try (Program program = open(inputs, value("y", DataType.FLOAT, 0), product)) {
      assertThatThrownBy(() -> program.run(Map.of("x", WHOLE, "z", WHOLE)))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(
              file()
                  + ": ONNX Runtime cannot run this file on these inputs: node 'times' (MatMul): ")
          .hasMessageNotContainingAny(".h:", ".cc:", "onnxruntime::", "Status");
    }
  }

  @Test
  void unlessTheEngineRefusesIt() throws IOException {
    Files.writeString(folder.resolve("m.onnx"), "no model");
    OnnxFileRunner runner = new OnnxFileRunner();
    assertThatThrownBy(() -> runner.open(file(), RunOptions.DEFAULT))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file() + ": ONNX Runtime cannot run this file: ");
    RunOptions gpu = new RunOptions(new Device(Device.Kind.GPU, 1), 0);
    assertThatThrownBy(() -> runner.open(file(), gpu))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("backend onnx has no device gpu:1; it has [cpu]");
  }

  private void refused(ModelProto model, String reason) throws IOException {
    Files.write(file(), model.toByteArray());
    OnnxFileRunner runner = new OnnxFileRunner();
    assertThatThrownBy(() -> runner.open(file(), RunOptions.DEFAULT))
        .isInstanceOf(FileException.class)
        .hasMessageMatching(
            Pattern.quote(file() + ": ONNX Runtime cannot run this file: ") + reason);
  }

  private Path file() {
    return folder.resolve("m.onnx");
  }

  /** A file that gives back what it gets. */
  private Program open(DataType type, int batch) {
    AttributeProto.Builder to =
        AttributeProto.newBuilder()
            .setName("to")
            .setType(AttributeProto.AttributeType.INT)
            .setI(type.getNumber());
    return open(value("x", type, batch), value("y", type, batch), node("Cast", to));
  }

  private Program open(ValueInfoProto input, ValueInfoProto output, NodeProto.Builder node) {
    return open(List.of(input), output, node);
  }

  private Program open(List<ValueInfoProto> inputs, ValueInfoProto output, NodeProto.Builder node) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("one node")
            .addAllInput(inputs)
            .addOutput(output)
            .addNode(node);
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph)
            .build();
    try {
      Files.write(file(), model.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new OnnxFileRunner().open(file(), RunOptions.DEFAULT);
  }

  private static NodeProto.Builder node(String operator, AttributeProto.Builder attribute) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addInput("x")
        .addOutput("y")
        .addAttribute(attribute);
  }

  private static ValueInfoProto value(String name, DataType type, int batch) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    var tensor = value.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber());
    if (batch == 0) {
      tensor.getShapeBuilder().addDimBuilder().setDimParam("N");
    } else {
      tensor.getShapeBuilder().addDimBuilder().setDimValue(batch);
    }
    tensor.getShapeBuilder().addDimBuilder().setDimValue(3);
    return value.build();
  }
}
