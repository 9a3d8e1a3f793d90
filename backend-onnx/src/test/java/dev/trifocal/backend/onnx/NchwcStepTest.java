package dev.trifocal.backend.onnx;

import static dev.trifocal.layer.Layer.avgPool;
import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.convTranspose;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static dev.trifocal.layer.Layer.relu6;
import static dev.trifocal.layer.Layer.sigmoid;
import static dev.trifocal.layer.Layer.silu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.onnx.StepCompiler.Placement;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Value;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.MaxDeviation;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps on the layout NCHWc compute what steps of standard operators compute. */
class NchwcStepTest {
  private static final int BLOCK = NchwcBlockSize.ofThisProcessor();
  private static final int BATCH = 3;
  private static final Shape IMAGE = Shape.of(3, 12, 10);
  private static final double TOLERANCE = 2e-5;

  /** The share of a network's largest value below which another counts as this much. */
  private static final double NEGLIGIBLE = 1e-2;

  private static final TrainingPlan PLAN = TrainingPlan.of(new MeanSquaredError(), Sgd.of(0.1));

  static Stream<Graph> networks() {
    return Stream.of(
        net("relu and pool", x -> convolved(x, 16).then(relu()).then(maxPool(2)).then(conv(32, 3))),
        net("overlapping pool", x -> convolved(x, 16).then(maxPool(3).stride(2)).then(relu())),
        net("clipped", x -> convolved(x.times(20), 16).then(relu6()).then(conv(16, 1))),
        net("batch norm", x -> normed(normed(x, 16).then(relu()), 32).then(silu())),
        net(
            "residual block",
            x -> {
              Value in = normed(x, 16).then(relu());
              Value out = normed(normed(in, 16).then(relu()), 16);
              return out.plus(in).then(relu());
            }),
        net(
            "residual block with a projection",
            x -> {
              Value in = normed(x, 16).then(relu());
              Value projected = in.then(conv(32, 1).stride(2).withoutBias()).then(batchNorm());
              Value out = in.then(conv(32, 3).stride(2).padding(1).withoutBias()).then(batchNorm());
              return projected.plus(out).then(relu()).then(conv(16, 1));
            }),
        net(
            "inverted residual block",
            x -> {
              Value in = normed(x, 16);
              Value wide = in.then(conv(96, 1).withoutBias()).then(batchNorm()).then(relu6());
              Value deep =
                  wide.then(conv(96, 3).groups(96).padding(1).withoutBias())
                      .then(batchNorm())
                      .then(relu6());
              return deep.then(conv(16, 1).withoutBias()).then(batchNorm()).plus(in);
            }),
        net(
            "depthwise with strides",
            x ->
                normed(x, 32)
                    .then(relu6())
                    .then(conv(32, 3).groups(32).stride(2).padding(1).withoutBias())
                    .then(conv(24, 1).withoutBias())
                    .then(batchNorm())
                    .then(relu())
                    .then(conv(48, 1))),
        net(
            "concatenated blocks",
            x -> {
              Value in = convolved(x, 16).then(relu());
              return in.then(conv(32, 1)).concat(in.then(conv(16, 3).padding(1))).then(relu());
            }),
        net(
            "concatenated parts of blocks",
            x -> {
              Value in = convolved(x, 16).then(relu());
              return in.then(conv(20, 1)).concat(in.then(conv(12, 3).padding(1))).then(conv(16, 1));
            }),
        net(
            "squeeze and excitation",
            x -> {
              Value in = convolved(x, 16).then(relu());
              return in.times(in.then(globalAvgPool()).then(conv(16, 1)).then(sigmoid()));
            }),
        net(
            "values that are read twice",
            x -> {
              Value in = convolved(x, 16);
              Value sum = in.then(relu()).plus(in);
              return sum.plus(sum.then(relu())).plus(in.then(silu()));
            }),
        net("the same value added to itself", x -> doubled(convolved(x, 16)).then(relu())),
        net(
            "a mean over the batch",
            x -> normed(x, 16).plus(convolved(x, 16).batchMean()).then(relu())),
        net(
            "three summands",
            x -> convolved(x, 16).plus(x.then(conv(16, 1)), x.then(conv(16, 5).padding(2)))),
        net("no dropout", x -> convolved(x, 16).then(dropout(0)).then(relu()).then(conv(16, 1))),
        net("transposed", x -> convolved(x, 16).then(relu()).then(convTranspose(16, 2).stride(2))),
        net("average pool", x -> convolved(x, 32).then(avgPool(2)).then(conv(16, 2, 3))),
        net("dropout", x -> convolved(x, 16).then(dropout(0.3)).then(relu()).then(conv(16, 1))),
        net(
                "frozen",
                x ->
                    x.then("f1", conv(16, 3))
                        .then("b1", batchNorm())
                        .then(relu())
                        .then("c2", conv(16, 3))
                        .then("f3", conv(16, 1))
                        .then("b3", batchNorm()))
            .freeze("f1", "b1", "f3", "b3"),
        net("dense after images", x -> convolved(x, 16).then(flatten()).then(dense(5))));
  }

  private static Value doubled(Value value) {
    return value.plus(value);
  }

  private static Value convolved(Value x, int filters) {
    return x.then("c" + filters, conv(filters, 3).padding(1));
  }

  private static Value normed(Value x, int filters) {
    return x.then(conv(filters, 3).padding(1).withoutBias()).then(batchNorm());
  }

  private static Graph net(String name, UnaryOperator<Value> body) {
    return Graph.build(name, IMAGE, body::apply);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradients_are_the_same(Graph network) {
    assumeThat(BLOCK).as("block size of NCHWc on this processor").isPositive();
    Checkpoint start = Checkpoint.start(network, 1);
    try (OnnxTrainingSession blocked = session(start, BLOCK);
        OnnxTrainingSession plain = session(start, NchwcBlockSize.NONE)) {
      StepResult found = accumulate(blocked, network);
      StepResult expected = accumulate(plain, network);
      MaxDeviation.require("loss", found.loss(), expected.loss(), TOLERANCE);
      expected
          .outputs()
          .forEach(
              (name, value) ->
                  MaxDeviation.require(name, found.outputs().get(name), value, TOLERANCE));
      assertClose(blocked.gradients(), plain.gradients());
      blocked.update(0.1);
      plain.update(0.1);
      assertClose(blocked.weights(), plain.weights());
      step(blocked, network);
      step(plain, network);
      assertClose(blocked.weights(), plain.weights());
    }
  }

  /** What batch norm makes zero consists of rounding errors alone. */
  private static void assertClose(Weights found, Weights expected) {
    double largest =
        expected.tensors().values().stream().mapToDouble(NchwcStepTest::largest).max().orElse(0);
    assertThat(largest).isPositive();
    expected
        .tensors()
        .forEach(
            (name, value) -> {
              double scale = Math.max(largest(value), NEGLIGIBLE * largest);
              assertThat(largest(difference(found.tensor(name), value)) / scale)
                  .as("deviation of " + name)
                  .isLessThan(TOLERANCE);
            });
  }

  private static double largest(Tensor tensor) {
    double result = 0;
    for (float value : tensor.toFloats()) {
      result = Math.max(result, Math.abs(value));
    }
    return result;
  }

  private static Tensor difference(Tensor a, Tensor b) {
    return Tensor.floats(
        a.shape(),
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, a.floats().get(i) - b.floats().get(i));
          }
        });
  }

  @Test
  void values_are_turned_only_where_an_operator_reads_them_plain() {
    assumeThat(BLOCK).as("block size of NCHWc on this processor").isPositive();
    Graph network =
        net("kept", x -> normed(normed(normed(x, 16).then(relu()), 16).then(relu()), 16));
    List<String> turned =
        model(network, BLOCK).getGraph().getNodeList().stream()
            .filter(node -> node.getOpType().equals("ReorderOutput"))
            .map(node -> node.getName().replaceFirst("/ReorderOutput.*", ""))
            .toList();
    // The output, what the loss sums up, and for the gradients of weights dy, x and the result.
    assertThat(turned)
        .containsExactlyInAnyOrder(
            "batchnorm_3",
            "gradient/conv2d_3",
            "gradient/conv2d_3",
            "gradient/batchnorm_3",
            "gradient/conv2d_2",
            "gradient/conv2d_2",
            "gradient/batchnorm_2",
            "loss.output.multiply");
  }

  @Test
  void activations_and_sums_are_merged_into_convolutions() {
    assumeThat(BLOCK).as("block size of NCHWc on this processor").isPositive();
    Graph network =
        net(
            "merged",
            x -> {
              Value in = normed(x, 16).then(relu());
              return normed(normed(in, 16).then(relu6()), 16).plus(in).then(relu());
            });
    assertThat(forwardOperators(network)).doesNotContain("Relu", "Clip", "Add", "Sum");
  }

  @Test
  void a_convolution_that_is_read_twice_is_computed_once() {
    assumeThat(BLOCK).as("block size of NCHWc on this processor").isPositive();
    Graph network = net("twice", x -> doubleUse(convolved(x, 16)));
    assertThat(forwardOperators(network)).containsOnlyOnce("Conv").contains("Relu", "Add");
  }

  private static Value doubleUse(Value value) {
    return value.then(relu()).plus(value);
  }

  @Test
  void a_step_without_the_layout_has_standard_operators_only() {
    networks()
        .map(network -> model(network, NchwcBlockSize.NONE))
        .forEach(
            model ->
                assertThat(model.getOpsetImportList())
                    .extracting(OperatorSetIdProto::getDomain)
                    .containsExactly(""));
  }

  private static ModelProto model(Graph network, int block) {
    return StepCompiler.step(
            PLAN,
            network,
            Checkpoint.start(network, 1).weights(),
            LossGraph.of(network, PLAN.objectives()),
            Placement.HOST,
            new StepTarget(block, BATCH))
        .model();
  }

  /** Operators on whole images in the forward pass of the network. */
  private static List<String> forwardOperators(Graph network) {
    return model(network, BLOCK).getGraph().getNodeList().stream()
        .filter(node -> network.nodes().stream().anyMatch(one -> isOf(node, one.path())))
        .filter(node -> !isOf(node, "batchnorm") && !node.getName().contains("batchnorm"))
        .map(NodeProto::getOpType)
        .toList();
  }

  private static boolean isOf(NodeProto node, String path) {
    return node.getName().startsWith(path + "/");
  }

  private static void step(OnnxTrainingSession session, Graph network) {
    session.step(Map.of(Graph.INPUT, RandomTensor.of(IMAGE.batch(BATCH), 3)), labels(network), 0.1);
  }

  private static OnnxTrainingSession session(Checkpoint start, int block) {
    return OnnxTrainingSession.open(
        new OnnxBackend(),
        PLAN,
        start,
        new RunOptions(Device.CPU, 2),
        OnnxSessions::open,
        Placement.HOST,
        new StepTarget(block, BATCH));
  }

  private static StepResult accumulate(OnnxTrainingSession session, Graph network) {
    return session.accumulate(
        Map.of(Graph.INPUT, RandomTensor.of(IMAGE.batch(BATCH), 1)), labels(network));
  }

  private static Map<String, Tensor> labels(Graph network) {
    Map<String, Tensor> labels = new LinkedHashMap<>();
    network
        .outputs()
        .forEach(
            (name, path) ->
                labels.put(name, RandomTensor.of(network.node(path).shape().batch(BATCH), 2)));
    return labels;
  }
}
