package dev.trifocal.backend.onnx;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingModelTest {
  private static final TrainingPlan PLAN =
      TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(1e-3));

  private static Graph net() {
    return Graph.build(
        "net",
        Shape.of(2, 8, 9),
        x ->
            x.then("conv", conv(6, 3).padding(1))
                .then(batchNorm())
                .then(relu())
                .then(maxPool(2))
                .then(flatten())
                .then("drop", dropout(0.5))
                .then("fc", dense(3)));
  }

  @Test
  void a_step_is_made_of_standard_operators_alone() {
    ModelProto model = compiled(net()).model();
    assertThat(model.getOpsetImportList()).hasSize(1);
    assertThat(model.getOpsetImport(0).getDomain()).isEmpty();
    assertThat(model.getGraph().getNodeList())
        .hasSizeGreaterThan(50)
        .allSatisfy(node -> assertThat(node.getDomain()).isEmpty());
  }

  @Test
  void every_piece_of_state_goes_in_and_comes_out() {
    TrainingModel compiled = compiled(net());
    List<String> inputs = names(compiled.model().getGraph().getInputList());
    List<String> outputs = names(compiled.model().getGraph().getOutputList());
    assertThat(compiled.changes()).isEqualTo(compiled.reads().keySet());
    assertThat(compiled.changes())
        .contains("conv.weight", "batchnorm.running_var", "exp_avg/fc.bias")
        .allSatisfy(
            name -> {
              assertThat(inputs).contains(name);
              assertThat(outputs).contains("next/" + name);
            });
    assertThat(inputs).contains("mask/drop", "loss.output.classes", "input");
  }

  @Test
  void what_is_frozen_is_a_constant_and_has_no_gradient() {
    TrainingModel compiled = compiled(net().freeze("conv", "batchnorm"));
    assertThat(compiled.changes())
        .containsExactlyInAnyOrder(
            "fc.weight",
            "fc.bias",
            "exp_avg/fc.weight",
            "exp_avg/fc.bias",
            "exp_avg_sq/fc.weight",
            "exp_avg_sq/fc.bias");
    assertThat(compiled.model().getGraph().getInitializerList())
        .anySatisfy(weight -> assertThat(weight.getName()).isEqualTo("conv.weight"));
    assertThat(compiled.model().getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .doesNotContain("MaxUnpool");
  }

  @Test
  void the_batch_is_symbolic() {
    ModelProto model = compiled(net()).model();
    assertThat(model.getGraph().getInputList())
        .filteredOn(input -> input.getName().equals("input"))
        .singleElement()
        .satisfies(
            input ->
                assertThat(input.getType().getTensorType().getShape().getDim(0).getDimParam())
                    .isEqualTo("N"));
  }

  @Test
  void a_session_writes_its_whole_step_to_a_file(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("step.onnx");
    Checkpoint start = Checkpoint.start(net(), 1);
    RunOptions options = new RunOptions(Device.CPU, 1).portableStep(file);
    new OnnxBackend().train(PLAN, start, options).close();
    assertThat(ModelProto.parseFrom(Files.readAllBytes(file))).isEqualTo(compiled(start).model());
  }

  @Test
  void the_file_of_a_frozen_network_holds_its_weights(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("step.onnx");
    Checkpoint start = Checkpoint.start(net().freeze("conv"), 1);
    new OnnxBackend().train(PLAN, start, new RunOptions(Device.CPU, 1).portableStep(file)).close();
    assertThat(ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getInitializerList())
        .filteredOn(constant -> constant.getName().equals("conv.weight"))
        .singleElement()
        .satisfies(
            weight -> {
              assertThat(weight.getDataLocation()).isEqualTo(TensorProto.DataLocation.DEFAULT);
              assertThat(weight.getRawData().asReadOnlyByteBuffer())
                  .isEqualTo(start.weights().tensor("conv.weight").bytes());
            });
  }

  @Test
  void a_step_is_compiled_for_the_typical_batch_size(@TempDir Path folder) throws IOException {
    Graph net =
        Graph.build(
            "pointwise",
            Shape.of(40, 3, 3),
            x -> x.then(conv(48, 1)).then(flatten()).then(dense(3)));
    Checkpoint start = Checkpoint.start(net, 1);
    RunOptions options = new RunOptions(Device.CPU, 1);
    Map<Integer, ModelProto> written = new HashMap<>();
    for (int batch : new int[] {2, 128}) {
      Path file = folder.resolve("step-%d.onnx".formatted(batch));
      new OnnxBackend()
          .train(PLAN, start, options.typicalBatchSize(batch).portableStep(file))
          .close();
      written.put(batch, ModelProto.parseFrom(Files.readAllBytes(file)));
      assertThat(written.get(batch)).isEqualTo(compiled(start, batch).model());
    }
    assertThat(written.get(2)).isNotEqualTo(written.get(128));
  }

  private static TrainingModel compiled(Graph graph) {
    return compiled(Checkpoint.start(graph, 1));
  }

  private static TrainingModel compiled(Checkpoint start) {
    return compiled(start, RunOptions.DEFAULT.typicalBatchSize());
  }

  private static TrainingModel compiled(Checkpoint start, int batch) {
    return StepCompiler.step(
        PLAN,
        start.graph(),
        start.weights(),
        LossGraph.of(start.graph(), PLAN.objectives()),
        StepCompiler.Placement.MODEL,
        new StepTarget(NchwcBlockSize.NONE, batch));
  }

  private static List<String> names(List<ValueInfoProto> values) {
    return values.stream().map(ValueInfoProto::getName).toList();
  }
}
