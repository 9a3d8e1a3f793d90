package dev.trifocal.apps.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.trifocal.apps.AppRun;
import dev.trifocal.apps.ProcessRun;
import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Whatever ONNX Runtime takes runs")
class RunAnyFileEndToEndTest {
  @TempDir private Path folder;

  @BeforeEach
  void inputs() {
    Npy.write(folder.resolve("a.npy"), Tensor.of(Shape.of(2, 1, 3), -1f, 2f, -3f, 4f, -5f, 6f));
    Npy.write(folder.resolve("b.npy"), Tensor.of(Shape.of(2, 1, 3), 1f, 1f, 1f, 2f, 2f, 2f));
    Npy.write(folder.resolve("zeros.npy"), Tensor.of(Shape.of(1, 1, 3), 0f, 0f, 0f));
  }

  @Test
  void with_open_sizes_of_any_rank() throws IOException {
    write(List.of("x"), Map.of("y", DataType.FLOAT), node("Relu", "x", "y"));
    assertThat(run("a.npy").exitCode()).isZero();
    assertThat(made()).isEqualTo(Tensor.of(Shape.of(2, 1, 3), 0f, 2f, 0f, 4f, 0f, 6f));
  }

  @Test
  void with_several_open_inputs_in_any_order() throws IOException {
    write(List.of("x", "z"), Map.of("y", DataType.FLOAT), node("Sub", "x z", "y"));
    for (String[] order :
        List.of(new String[] {"x=a.npy", "z=b.npy"}, new String[] {"z=b.npy", "x=a.npy"})) {
      assertThat(run(order).exitCode()).isZero();
      assertThat(made()).isEqualTo(Tensor.of(Shape.of(2, 1, 3), -2f, 1f, -4f, 2f, -7f, 4f));
    }
  }

  @Test
  void with_or_without_an_input_that_nothing_reads() throws IOException {
    write(List.of("x", "spare"), Map.of("y", DataType.FLOAT), node("Relu", "x", "y"));
    assertThat(run("x=a.npy").exitCode()).isZero();
    AppRun both = run("x=a.npy", "spare=b.npy");
    assertThat(both.exitCode()).as(both.err()).isZero();
    AppRun neither = run("spare=b.npy");
    assertThat(neither.exitCode()).isEqualTo(2);
    assertThat(neither.err())
        .contains("input 'x' leaves its size open", "pass this input too, with --input NAME=FILE");
  }

  @Test
  void with_or_without_an_unread_input_of_a_file_that_is_no_graph() throws IOException {
    write(List.of("x", "spare"), Map.of("y", DataType.INT64), node("NonZero", "x", "y"));
    for (String[] inputs :
        List.of(
            new String[] {"a.npy"},
            new String[] {"x=a.npy"},
            new String[] {"spare=zeros.npy", "x=a.npy"})) {
      AppRun run = run(inputs);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(made().shape()).isEqualTo(Shape.of(3, 6));
    }
  }

  @Test
  void with_or_without_an_unread_input_of_whole_numbers() throws IOException {
    write(List.of("x"), Map.of("y", DataType.FLOAT), node("Relu", "x", "y"));
    Path file = folder.resolve("net.onnx");
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.getGraphBuilder().addInput(value("ids", DataType.INT64));
    Files.write(file, model.build().toByteArray());

    for (String input : List.of("a.npy", "x=a.npy")) {
      AppRun run = run(input);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(made()).isEqualTo(Tensor.of(Shape.of(2, 1, 3), 0f, 2f, 0f, 4f, 0f, 6f));
    }
  }

  @Test
  void with_or_without_inputs_if_the_outputs_are_constants() throws IOException {
    write(List.of(), Map.of("y", DataType.FLOAT), constant());
    AppRun none = run();
    assertThat(none.exitCode()).as(none.err()).isZero();
    assertThat(none.out()).isEqualTo("-> y.npy FLOAT32[1]\n");
    assertThat(made()).isEqualTo(Tensor.of(Shape.of(1), 7f));

    write(List.of("image"), Map.of("y", DataType.FLOAT), constant());
    for (String[] inputs :
        List.of(new String[0], new String[] {"a.npy"}, new String[] {"image=a.npy"})) {
      AppRun run = run(inputs);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(made()).isEqualTo(Tensor.of(Shape.of(1), 7f));
    }
  }

  @Test
  void unless_the_inputs_are_others_than_those_of_the_file() throws IOException {
    write(List.of(), Map.of("y", DataType.FLOAT), constant());
    refused("net.onnx has no inputs, but got one without a name; omit --input", "a.npy");
    refused("net.onnx has no inputs, but got x; omit --input", "x=a.npy");

    write(List.of("image", "mask"), Map.of("y", DataType.FLOAT), constant());
    refused(
        "net.onnx has the unused inputs image, mask, but got one without a name; omit --input",
        "a.npy");

    write(List.of("x", "spare"), Map.of("y", DataType.INT64), node("NonZero", "x", "y"));
    fixSizes();
    refused(
        "net.onnx has the input x and the unused input spare, but got z; use --input x=x.npy",
        "z=a.npy");
    refused(
        "net.onnx has the input x and the unused input spare, but got none; use --input x=x.npy");
    refused("--input x=FILE is given several times; give each input once", "x=a.npy", "x=b.npy");
    refused(
        "--input is given several times without a name; use --input NAME=FILE for each",
        "a.npy",
        "b.npy");

    write(List.of("a", "b"), Map.of("y", DataType.FLOAT), node("Mod", "a b", "y"));
    fixSizes();
    refused(
        "net.onnx has the inputs a, b, but got a, c; pass each by name, for example --input a=x.npy",
        "a=a.npy",
        "c=b.npy");
  }

  @Test
  void with_text_and_booleans_beside_the_numbers() throws IOException {
    write(
        List.of("x"),
        new TreeMap<>(Map.of("text", DataType.STRING, "y", DataType.FLOAT, "flag", DataType.BOOL)),
        node("Cast", "x", "text").toBuilder()
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("to")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(DataType.STRING_VALUE))
            .build(),
        node("Relu", "x", "y"),
        node("IsNaN", "x", "flag"));
    AppRun run =
        AppRun.in(
            folder,
            "run",
            "net.onnx",
            "--input",
            "a.npy",
            "--output-name",
            "y",
            "--output",
            "y.npy");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(made().shape()).isEqualTo(Shape.of(2, 1, 3));
    AppRun all = AppRun.in(folder, "run", "net.onnx", "--input", "a.npy", "--outputs", "all");
    assertThat(all.exitCode()).isZero();
    assertThat(folder.resolve("all")).isDirectoryContaining("glob:**/{y,flag}.npy");
    assertThat(folder.resolve("all/text.npy")).doesNotExist();
    AppRun text =
        AppRun.in(
            folder,
            "run",
            "net.onnx",
            "--input",
            "a.npy",
            "--output-name",
            "text",
            "--output",
            "t");
    assertThat(text.exitCode()).isEqualTo(2);
    assertThat(text.err()).contains("there is no numeric output 'text'; there are flag, y");
  }

  @Test
  void to_an_empty_result() throws IOException {
    write(List.of("x"), Map.of("y", DataType.INT64), node("NonZero", "x", "y"));
    AppRun run = run("zeros.npy");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("[3, 0]");
  }

  @Test
  void and_what_it_refuses_is_a_users_error() throws IOException {
    write(
        List.of("x"),
        Map.of("y", DataType.FLOAT),
        node("Relu", "x", "y").toBuilder().setDomain("mine").build());
    AppRun run = run("a.npy");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("net.onnx: ONNX Runtime cannot run this file: ")
        .contains("mine")
        .doesNotContain("internal error");
  }

  @Test
  void and_what_it_cannot_compute_is_one_message() throws IOException, InterruptedException {
    Npy.write(folder.resolve("wide.npy"), Tensor.of(Shape.of(1, 1, 2), 1f, 1f));
    write(List.of("a", "b"), Map.of("y", DataType.FLOAT), node("Mod", "a b", "y"));
    ProcessRun run =
        ProcessRun.in(
            folder,
            "exec \"$@\" run net.onnx --input a=a.npy --input b=wide.npy --output y.npy --quiet");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).as(run.err()).hasSize(1);
    assertThat(run.err())
        .startsWith(
            "error: net.onnx: ONNX Runtime cannot run this file on these inputs: node 'y' (Mod): ");
  }

  private void refused(String message, String... inputs) {
    AppRun run = run(inputs);
    assertThat(run.err().lines().filter(line -> line.startsWith("error: ")))
        .containsExactly("error: " + message);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  private AppRun run(String... inputs) {
    String[] words = new String[2 * inputs.length + 4];
    words[0] = "run";
    words[1] = "net.onnx";
    for (int i = 0; i < inputs.length; i++) {
      words[2 * i + 2] = "--input";
      words[2 * i + 3] = inputs[i];
    }
    words[words.length - 2] = "--output";
    words[words.length - 1] = "y.npy";
    return AppRun.in(folder, words);
  }

  private Tensor made() {
    return Npy.read(folder.resolve("y.npy"));
  }

  /** Writes a file whose inputs have three axes of open sizes. */
  private void write(List<String> inputs, Map<String, DataType> outputs, NodeProto... nodes)
      throws IOException {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("g").addAllNode(List.of(nodes));
    inputs.forEach(name -> graph.addInput(input(name)));
    outputs.forEach((name, type) -> graph.addOutput(value(name, type)));
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("mine").setVersion(1))
            .setGraph(graph)
            .build();
    Files.write(folder.resolve("net.onnx"), model.toByteArray());
  }

  /** Replaces the open sizes of the inputs by those of {@code a.npy}. */
  private void fixSizes() throws IOException {
    Path file = folder.resolve("net.onnx");
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    for (ValueInfoProto.Builder input : model.getGraphBuilder().getInputBuilderList()) {
      TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
      for (int size : List.of(2, 1, 3)) {
        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
      }
      input.getTypeBuilder().getTensorTypeBuilder().setShape(shape);
    }
    Files.write(file, model.build().toByteArray());
  }

  private static NodeProto constant() {
    return NodeProto.newBuilder()
        .setOpType("Constant")
        .setName("y")
        .addOutput("y")
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("value_floats")
                .setType(AttributeProto.AttributeType.FLOATS)
                .addFloats(7))
        .build();
  }

  private static NodeProto node(String operator, String inputs, String output) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(List.of(inputs.split(" ")))
        .addOutput(output)
        .build();
  }

  private static ValueInfoProto input(String name) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String axis : List.of("N", "C", "T")) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(axis + name));
    }
    ValueInfoProto.Builder value = value(name, DataType.FLOAT).toBuilder();
    value.getTypeBuilder().getTensorTypeBuilder().setShape(shape);
    return value.build();
  }

  private static ValueInfoProto value(String name, DataType type) {
    TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
