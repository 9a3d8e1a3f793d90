package dev.trifocal.apps.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.trifocal.apps.AppRun;
import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.MaxDeviation;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Published files are models on the command line")
class OnnxCommandsTest {
  private static final double TOLERANCE = 1e-4;

  /** Between two numbers that the file's 8-bit output can say. */
  private static final double QUANTUM = 0.18501344;

  @TempDir Path folder;

  @Test
  void aFileWithoutLayersForItRunsAsItIs() {
    AppRun ran = run("mnist_dynquant_ortquant_op11", "--output", "y.npy");
    assertThat(ran.err())
        .contains("cannot be imported as a graph (node '")
        .contains("more); ONNX Runtime runs the file unchanged");
    MaxDeviation.require(
        "dynquant", output("y.npy"), golden("mnist_dynquant_ortquant_op11").tensor(), TOLERANCE);
  }

  /**
   * The golden numbers are from a machine whose instructions for 8-bit products saturate. Where
   * they do not, ONNX Runtime's are those of the same graph in float arithmetic, up to two quanta
   * away.
   */
  @Test
  void aQuantisedFileRunsToWhatItsEightBitsCanSay() {
    run("mnist_qdq_ortquant_op11", "--output", "y.npy");
    float[] made = output("y.npy").toFloats();
    float[] expected = golden("mnist_qdq_ortquant_op11").tensor().toFloats();
    for (int i = 0; i < expected.length; i++) {
      double quanta = (made[i] - expected[i]) / QUANTUM;
      assertThat(quanta).isBetween(-2.001, 2.001);
      assertThat(Math.abs(quanta - Math.rint(quanta))).isLessThan(1e-3);
    }
  }

  @Test
  void aFileOfOneSampleRunsOnSeveral() {
    GoldenModel golden = named("mnist_dynquant_ortquant_op11");
    Tensor one = golden.inputTensor();
    Npy.write(
        folder.resolve("x.npy"),
        Tensor.floats(
            Shape.of(3, 1, 28, 28),
            b -> b.put(one.floats()).put(new float[784]).put(one.floats())));
    AppRun.in(folder, "run", golden.file().toString(), "--input", "x.npy", "--output", "y.npy");
    Tensor made = output("y.npy");
    assertThat(made.shape()).isEqualTo(Shape.of(3, 10));
    FloatBuffer values = made.floats();
    assertThat(values.slice(0, 10)).isEqualTo(values.slice(20, 10));
    assertThat(values.slice(0, 10)).isNotEqualTo(values.slice(10, 10));
  }

  @Test
  void whatOnlyRunsNamesAllThatStandsInTheWayOfMore() {
    String file = named("mnist_qdq_ortquant_op11").file().toString();
    AppRun trained = AppRun.in(folder, "train", "--model", file);
    assertThat(trained.exitCode()).isEqualTo(2);
    assertThat(trained.err())
        .startsWith("error: ")
        .contains("cannot be imported as a graph: nodes 'input_QuantizeLinear', ")
        .contains("'output_DequantizeLinear' (DequantizeLinear): ")
        .endsWith(". ONNX Runtime can still run it: trifocal run\n");
    assertThat(AppRun.in(folder, "summary", file).err()).isEqualTo(trained.err());
    AppRun evaluated = AppRun.in(folder, "evaluate", file, "--split", "test");
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("accuracy").contains("test");
    assertThat(AppRun.in(folder, "export", file, "--out", "y.onnx").err()).isEqualTo(trained.err());
    AppRun elsewhere = run("mnist_qdq_ortquant_op11", "--output", "y.npy", "--backend", "djl");
    assertThat(elsewhere.err())
        .contains("'output_DequantizeLinear' (DequantizeLinear): ")
        .endsWith(
            "backend djl only runs graphs. ONNX Runtime can still run the file: --backend onnx\n");
  }

  @Test
  void imagesWithTheirChannelsLastAreTakenInBothOrders() {
    GoldenModel golden = named("traffic_sign_tf2onnx_op9_nhwc");
    assertThat(run(golden.name(), "--output", "a.npy").err()).isEmpty();
    MaxDeviation.require("last", output("a.npy"), golden(golden.name()).tensor(), TOLERANCE);
    Npy.write(
        folder.resolve("x.npy"), AxisPermutation.toGraph(golden.inputTensor(), List.of(1, 2, 0)));
    AppRun.in(folder, "run", golden.file().toString(), "--input", "x.npy", "--output", "b.npy");
    assertThat(output("b.npy")).isEqualTo(output("a.npy"));
  }

  @Test
  void alsoWhereTheFileLeavesTheirSizeOpen() throws IOException {
    GoldenModel golden = named("traffic_sign_tf2onnx_op9_nhwc");
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(golden.file())).toBuilder();
    var type = model.getGraphBuilder().getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder();
    type.getShapeBuilder().getDimBuilder(1).setDimParam("H");
    type.getShapeBuilder().getDimBuilder(2).setDimParam("W");
    Files.write(folder.resolve("open.onnx"), model.build().toByteArray());
    Npy.write(folder.resolve("x.npy"), golden.inputTensor());
    AppRun ran = AppRun.in(folder, "run", "open.onnx", "--input", "x.npy", "--output", "y.npy");
    assertThat(ran.err()).isEmpty();
    MaxDeviation.require("open", output("y.npy"), golden(golden.name()).tensor(), TOLERANCE);
  }

  @Test
  void severalOutputsAreWrittenByTheirNames() {
    GoldenModel golden = named("ultraface_pytorch1.2_op9");
    run(golden.name(), "--outputs", "all");
    golden
        .outputs()
        .forEach(
            (name, expected) ->
                MaxDeviation.require(
                    name, output("all/" + name + ".npy"), expected.tensor(), TOLERANCE));
    run(golden.name(), "--output", "boxes.npy", "--output-name", "boxes");
    assertThat(output("boxes.npy")).isEqualTo(output("all/boxes.npy"));
    assertThat(run(golden.name(), "--output", "y.npy", "--output-name", "box").err())
        .isEqualTo("error: there is no numeric output 'box'; there are scores, boxes\n");
  }

  @Test
  void aSizeThatTheFileLeavesOpenIsThatOfTheInput() {
    Path models = PublishedFiles.folder().resolve("models").toAbsolutePath();
    Shape image = Shape.of(1, 3, 64, 64);
    Npy.write(
        folder.resolve("x.npy"),
        PublishedFiles.numbers(models.resolve("vgg11_bn_features_relu3_2.cat64.in.f32"), image));
    String file = models.resolve("vgg11_bn_features_relu3_2.onnx").toString();
    AppRun ran =
        AppRun.in(
            folder,
            "run",
            file,
            "--input",
            "x.npy",
            "--output",
            "y.npy",
            "--output-name",
            "relu3_1");
    assertThat(ran.out())
        .isEqualTo("x.npy FLOAT32[1, 3, 64, 64] -> y.npy FLOAT32[1, 256, 16, 16]\n");
    assertThat(AppRun.in(folder, "summary", file).err())
        .isEqualTo(
            "error: %s: input 'input' leaves its size open: [N, 3, H, W]; give it, such as --input 3x224x224\n"
                .formatted(file));
    assertThat(AppRun.in(folder, "summary", file, "--input", "3x64x64").exitCode()).isZero();
  }

  private AppRun run(String name, String... more) {
    GoldenModel golden = named(name);
    Npy.write(folder.resolve("given.npy"), golden.inputTensor());
    String[] arguments = new String[more.length + 4];
    String[] first = {"run", golden.file().toString(), "--input", "given.npy"};
    System.arraycopy(first, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return AppRun.in(folder, arguments);
  }

  private Tensor output(String file) {
    return Npy.read(folder.resolve(file));
  }

  private static GoldenModel.Expected golden(String name) {
    return named(name).outputs().values().iterator().next();
  }

  private static GoldenModel named(String name) {
    return GoldenModel.cases().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
