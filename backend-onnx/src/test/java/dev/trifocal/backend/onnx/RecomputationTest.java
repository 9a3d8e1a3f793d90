package dev.trifocal.backend.onnx;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.localResponseNorm;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static dev.trifocal.layer.Layer.relu6;
import static dev.trifocal.layer.Layer.sigmoid;
import static dev.trifocal.layer.Layer.silu;
import static dev.trifocal.layer.Layer.upsample;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.Activations;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.onnx.StepCompiler.Placement;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.RecomputationPlan;
import dev.trifocal.graph.RecomputationPlan.Block;
import dev.trifocal.graph.Value;
import dev.trifocal.profile.ChromeTrace;
import dev.trifocal.profile.TraceEvent;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps with recomputation compute what steps without it compute, in less memory. */
class RecomputationTest {
  private static final int BATCH = 3;
  private static final Shape IMAGE = Shape.of(3, 12, 12);
  private static final TrainingPlan PLAN = TrainingPlan.of(new MeanSquaredError(), Adam.of(1e-2));
  private static final RunOptions OPTIONS = new RunOptions(Device.CPU, 2);

  static Stream<Graph> networks() {
    return Stream.of(
        repeated("plain", x -> x.then(conv(16, 3).padding(1)).then(relu())),
        repeated("batch norm", x -> normed(x, 16).then(relu())),
        repeated("odd channels", x -> normed(x, 12).then(relu())),
        repeated("residual", x -> normed(normed(x, 16).then(relu()), 16).plus(x).then(relu())),
        repeated(
            "inverted residual",
            x ->
                normed(
                        normed(x, 48)
                            .then(relu6())
                            .then(conv(48, 3).groups(48).padding(1))
                            .then(batchNorm())
                            .then(relu6()),
                        16)
                    .plus(x)),
        repeated(
            "inception",
            x ->
                x.then(conv(8, 1))
                    .then(relu())
                    .concat(
                        x.then(conv(4, 1)).then(relu()).then(conv(8, 3).padding(1)).then(relu()),
                        x.then(maxPool(3).stride(1).padding(1)).then(conv(16, 1)).then(relu()))),
        repeated(
            "squeeze and excitation",
            x -> {
              Value in = normed(x, 16).then(relu());
              return in.times(in.then(globalAvgPool()).then(conv(16, 1)).then(sigmoid()));
            }),
        repeated("dropout", x -> x.then(conv(16, 3).padding(1)).then(dropout(0.4)).then(silu())),
        repeated(
            "local response norm",
            x -> x.then(conv(16, 3).padding(1)).then(relu()).then(localResponseNorm(5))),
        repeated(
            "values that are read twice",
            x -> {
              Value in = x.then(conv(16, 3).padding(1));
              return in.then(relu()).plus(in);
            }),
        net("small images", x -> wide(x.then(maxPool(6)).then(conv(64, 3).padding(1)))),
        net("pools", x -> pooled(pooled(deep(x)))),
        net(
            "U-Net",
            x -> {
              Value skip = deep(x);
              Value low = deep(skip.then(maxPool(2))).then(upsample(2));
              return deep(skip.concat(low));
            }),
        net("frozen", x -> deep(x.then("front", conv(16, 3).padding(1)).then(relu())))
            .freeze("front"));
  }

  static Stream<Arguments> cases() {
    return networks()
        .flatMap(
            network ->
                Stream.of(NchwcBlockSize.ofThisProcessor(), NchwcBlockSize.NONE)
                    .distinct()
                    .map(block -> Arguments.of(network.name(), network, block)));
  }

  private static Graph repeated(String name, UnaryOperator<Value> part) {
    return net(
        name,
        x -> {
          Value value = x.then(conv(16, 3).padding(1));
          for (int i = 0; i < 8; i++) {
            value = part.apply(value);
          }
          return value;
        });
  }

  private static Value normed(Value x, int filters) {
    return x.then(conv(filters, 3).padding(1).withoutBias()).then(batchNorm());
  }

  private static Value deep(Value x) {
    Value value = x;
    for (int i = 0; i < 5; i++) {
      value = normed(value, 16).then(relu());
    }
    return value;
  }

  private static Value wide(Value x) {
    Value value = x;
    for (int i = 0; i < 8; i++) {
      value = normed(value, 64).plus(value).then(relu());
    }
    return value;
  }

  private static Value pooled(Value x) {
    return x.then(conv(16, 3).padding(1))
        .then(relu())
        .then(maxPool(2))
        .then(conv(16, 3).padding(1));
  }

  private static Graph net(String name, UnaryOperator<Value> body) {
    return Graph.build(name, IMAGE, body);
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("cases")
  void all_numbers_are_the_same(String name, Graph network, int block) {
    assertThat(RecomputationPlan.of(loss(network).graph()).blocks()).hasSizeGreaterThan(1);
    assertThat(numbers(network, new StepTarget(block, BATCH, Activations.RECOMPUTE)))
        .isEqualTo(numbers(network, new StepTarget(block, BATCH, Activations.KEEP)));
  }

  /** Everything that whole steps and their halves compute. */
  private static List<Object> numbers(Graph network, StepTarget target) {
    List<Object> all = new ArrayList<>();
    try (OnnxTrainingSession session = session(network, target, OnnxSessions::open)) {
      for (int step = 0; step < 2; step++) {
        add(all, session.step(images(step), labels(network), 0.01));
        add(all, session.accumulate(images(10 + step), labels(network)));
        add(all, session.accumulate(images(20 + step), labels(network)));
        all.add(session.gradients());
        session.update(0.01);
      }
      all.add(session.snapshot());
    }
    return all;
  }

  private static void add(List<Object> all, StepResult result) {
    all.add(result.loss());
    all.add(result.outputs());
  }

  private static Map<String, Tensor> images(int seed) {
    return Map.of(Graph.INPUT, RandomTensor.of(IMAGE.batch(BATCH), seed));
  }

  private static Map<String, Tensor> labels(Graph network) {
    return Map.of(
        Graph.OUTPUT, RandomTensor.of(network.output(Graph.OUTPUT).shape().batch(BATCH), 7));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void no_convolution_of_a_second_run_is_merged_with_the_first(Graph network) {
    assertThat(convolutionsRunAgain(optimised(network)))
        .isEqualTo(convolutionsRunAgain(model(network)))
        .isPositive();
  }

  private static ModelProto optimised(Graph network) {
    return OptimisedStep.optimised(
        network.name(), model(network), Checkpoint.start(network, 1).frozenWeights(), OPTIONS);
  }

  private static long convolutionsRunAgain(ModelProto model) {
    return model.getGraph().getNodeList().stream()
        .filter(node -> node.getOpType().matches("(Fused)?Conv"))
        .filter(node -> node.getName().contains("recompute/"))
        .count();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void every_convolution_of_a_second_run_depends_on_the_backward_pass(Graph network) {
    GraphProto optimised = optimised(network).getGraph();
    // The first gradients follow from the constant seed, and are constants themselves.
    Set<String> dependent =
        optimised.getInitializerList().stream()
            .map(TensorProto::getName)
            .filter(name -> name.startsWith("gradient/"))
            .collect(Collectors.toCollection(HashSet::new));
    for (NodeProto node : optimised.getNodeList()) {
      boolean depends = node.getInputList().stream().anyMatch(dependent::contains);
      if (depends) {
        dependent.addAll(node.getOutputList());
      }
      if (node.getName().matches("recompute/.*/Conv.*")) {
        assertThat(depends).as(node.getName()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void a_block_runs_again_after_the_backward_pass_of_the_next(Graph network, @TempDir Path folder)
      throws OrtException {
    List<String> ran = nodesOfAStep(network, folder);
    List<Block> blocks = RecomputationPlan.of(loss(network).graph()).blocks();
    for (int block = 0; block < blocks.size() - 1; block++) {
      // Turning weights depends on no gradient.
      int begin =
          indices(ran, "recompute", blocks.get(block))
              .filter(i -> ran.get(i).contains("/Conv"))
              .min()
              .orElse(ran.size());
      // A gradient may be turned to NCHW when it is read.
      int end =
          indices(ran, "gradient", blocks.get(block + 1))
              .filter(i -> !ran.get(i).contains("/ReorderOutput"))
              .max()
              .orElseThrow();
      assertThat(begin).as("begin of the second run of block " + block).isGreaterThan(end);
    }
    assertThat(ran).anySatisfy(node -> assertThat(node).matches("recompute/.*/Conv.*"));
  }

  private static IntStream indices(List<String> ran, String phase, Block block) {
    return IntStream.range(0, ran.size())
        .filter(
            i ->
                block.nodes().stream()
                    .anyMatch(node -> ran.get(i).startsWith(phase + "/" + node.path() + "/")));
  }

  /** Returns the names of the nodes that ONNX Runtime ran in a step, in their order. */
  private static List<String> nodesOfAStep(Graph network, Path folder) throws OrtException {
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
    StepTarget target =
        new StepTarget(NchwcBlockSize.ofThisProcessor(), BATCH, Activations.RECOMPUTE);
    try (OnnxTrainingSession session = session(network, target, profiled)) {
      session.step(images(1), labels(network), 0.01);
      return ChromeTrace.read(Path.of(sessions.get(0).endProfiling())).events().stream()
          .filter(event -> event.category().equals("Node"))
          .map(TraceEvent::name)
          .toList();
    }
  }

  private static OnnxTrainingSession session(
      Graph network, StepTarget target, SessionOpener opener) {
    return OnnxTrainingSession.open(
        new OnnxBackend(),
        PLAN,
        Checkpoint.start(network, 1),
        OPTIONS,
        opener,
        Placement.HOST,
        target);
  }

  private static ModelProto model(Graph network) {
    return StepCompiler.step(
            PLAN,
            network,
            Checkpoint.start(network, 1).weights(),
            loss(network),
            Placement.HOST,
            new StepTarget(NchwcBlockSize.ofThisProcessor(), BATCH, Activations.RECOMPUTE))
        .model();
  }

  private static LossGraph loss(Graph network) {
    return LossGraph.of(network, PLAN.objectives());
  }
}
