package dev.trifocal.backend.onnx;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Value;
import dev.trifocal.profile.ChromeTrace;
import dev.trifocal.profile.TraceEvent;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionOrderTest {
  private static final TrainingPlan PLAN =
      TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(1e-3));
  private static final RunOptions OPTIONS = new RunOptions(Device.CPU, 1);

  /** The end of the names of events that are nodes. */
  private static final String KERNEL = "_kernel_time";

  private static final Graph NET =
      Graph.build(
          "net",
          Shape.of(3, 16, 16),
          x ->
              block(block(block(x, 1), 2), 3)
                  .then(globalAvgPool())
                  .then(flatten())
                  .then("classifier", dense(4)));

  private static Value block(Value x, int number) {
    return x.then("conv" + number, conv(16, 3).padding(1))
        .then("bn" + number, batchNorm())
        .then("relu" + number, relu());
  }

  /** The names of the nodes that ONNX Runtime ran in a step, in their order. */
  private List<String> nodes;

  @BeforeEach
  void run(@TempDir Path folder) throws OrtException {
    List<OrtSession> sessions = new ArrayList<>();
    SessionOpener profiled =
        (name, model, options, further) -> {
          OrtSession session =
              OnnxSessions.open(
                  name,
                  model,
                  options,
                  traced -> {
                    further.set(traced);
                    traced.enableProfiling(folder.resolve("trace").toString());
                  });
          sessions.add(session);
          return session;
        };
    try (OnnxTrainingSession session =
        OnnxTrainingSession.open(
            new OnnxBackend(), PLAN, Checkpoint.start(NET, 1), OPTIONS, profiled)) {
      session.step(
          Map.of(Graph.INPUT, Tensor.floats(Shape.of(2, 3, 16, 16), buffer -> {})),
          Map.of(Graph.OUTPUT, Tensor.of(Shape.of(2), 0L, 3L)),
          1e-3);
      ChromeTrace trace = ChromeTrace.read(Path.of(sessions.get(0).endProfiling()));
      nodes =
          trace.events().stream()
              .filter(event -> event.category().equals("Node"))
              .map(TraceEvent::name)
              .toList();
    }
  }

  @Test
  void a_weight_gradient_is_computed_before_the_layers_below() {
    assertThat(last("gradient/conv3/")).isLessThan(first("gradient/bn2/"));
    assertThat(last("gradient/conv2/")).isLessThan(first("gradient/bn1/"));
  }

  @Test
  void a_mask_is_computed_when_its_layer_is_due() {
    assertThat(first("gradient/relu1/")).isGreaterThan(last("gradient/bn2/"));
    assertThat(first("gradient/relu2/")).isGreaterThan(last("gradient/bn3/"));
  }

  @Test
  void running_statistics_are_updated_before_the_next_layer() {
    assertThat(last("bn1/")).isLessThan(first("conv2/Conv"));
    assertThat(last("bn2/")).isLessThan(first("conv3/Conv"));
  }

  @Test
  void the_order_is_known_before_the_run() {
    List<String> predicted =
        OptimisedStep.of(NET.name(), model(StepCompiler.Placement.HOST), Weights.NONE, 2, OPTIONS)
            .nodes()
            .stream()
            .map(NodeProto::getName)
            .toList();
    List<String> measured =
        nodes.stream()
            .filter(name -> name.endsWith(KERNEL))
            .map(name -> name.substring(0, name.length() - KERNEL.length()))
            .filter(predicted::contains)
            .toList();
    assertThat(measured).hasSizeGreaterThan(50);
    assertThat(predicted).isEqualTo(measured);
  }

  @Test
  void a_model_remains_sorted() {
    List<NodeProto> sorted = model(StepCompiler.Placement.MODEL).getGraph().getNodeList();
    Set<String> later = new HashSet<>();
    sorted.forEach(node -> later.addAll(node.getOutputList()));
    for (NodeProto node : sorted) {
      assertThat(later).doesNotContainAnyElementsOf(node.getInputList());
      node.getOutputList().forEach(later::remove);
    }
  }

  private static ModelProto model(StepCompiler.Placement placement) {
    return StepCompiler.step(
            PLAN,
            NET,
            Checkpoint.start(NET, 1).weights(),
            LossGraph.of(NET, PLAN.objectives()),
            placement,
            new StepTarget(NchwcBlockSize.ofThisProcessor(), 2))
        .model();
  }

  private int first(String scope) {
    return IntStream.range(0, nodes.size())
        .filter(i -> nodes.get(i).startsWith(scope))
        .findFirst()
        .orElseThrow();
  }

  private int last(String scope) {
    return IntStream.range(0, nodes.size())
        .filter(i -> nodes.get(i).startsWith(scope))
        .reduce((a, b) -> b)
        .orElseThrow();
  }
}
