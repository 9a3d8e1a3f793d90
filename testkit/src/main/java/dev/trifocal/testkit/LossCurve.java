package dev.trifocal.testkit;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.AdamW;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.train.WeightDecayScope;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A small network that classifies four kinds of stripes, with the name of its golden curve. */
record LossCurve(String name, Graph net, TrainingPlan plan) {
  /** The number of steps of the golden curves. */
  static final int STEPS = 50;

  /** The seed of the golden dropout masks. */
  private static final long SEED = 31;

  private static final int BATCH = 8;
  private static final Shape SAMPLE = Shape.of(3, 10, 12);
  private static final int CLASSES = 4;

  static List<LossCurve> all() {
    return List.of(
        new LossCurve("plain", plain(), plan(Sgd.of(0.02).momentum(0.9))),
        new LossCurve("residual", residual(), residualPlan()),
        new LossCurve("inception", inception(), plan(Adam.of(0.01))));
  }

  /** Returns the residual network with a frozen part; it has no golden curve. */
  static LossCurve residualWithout(String frozen) {
    return new LossCurve("residual", residual().freeze(frozen), residualPlan());
  }

  /**
   * Returns the names of the tensors that training changes: trainable parameters and running
   * statistics that are not frozen.
   */
  Set<String> moving() {
    Set<String> result = new TreeSet<>();
    for (Node node : net.nodes()) {
      if (!node.frozen()) {
        node.parameters().forEach(parameter -> result.add(node.name(parameter)));
      }
    }
    return result;
  }

  Checkpoint start(GoldenValues golden) {
    return Checkpoint.start(net, new Weights(golden.below(name + "/start/")), SEED);
  }

  /** Returns the losses of steps {@code first} to {@code last}, counted from 1. */
  List<Double> steps(TrainingSession session, GoldenValues golden, int first, int last) {
    List<Double> losses = new ArrayList<>();
    for (int step = first; step <= last; step++) {
      losses.add(step(session, golden, step));
    }
    return losses;
  }

  double step(TrainingSession session, GoldenValues golden, int step) {
    Tensor images = golden.tensor("images");
    int from = (step - 1) * BATCH % images.shape().size(0);
    long[] labels = golden.tensor("labels").toLongs();
    long[] ids = Arrays.copyOfRange(labels, from, from + BATCH);
    int elements = (int) SAMPLE.elements();
    Tensor batch =
        Tensor.floats(
            SAMPLE.batch(BATCH),
            b -> b.put(images.floats().slice(from * elements, BATCH * elements)));
    return session
        .step(
            Map.of(Graph.INPUT, batch),
            Map.of(Graph.OUTPUT, Tensor.of(Shape.of(BATCH), ids)),
            plan.optimizer().learningRate())
        .loss();
  }

  private static TrainingPlan plan(Optimizer optimizer) {
    return TrainingPlan.of(new SoftmaxCrossEntropy(), optimizer);
  }

  private static TrainingPlan residualPlan() {
    return plan(AdamW.of(0.003).weightDecay(0.05)).decay(WeightDecayScope.WEIGHTS);
  }

  private static Graph plain() {
    return Graph.build(
        "plain",
        SAMPLE,
        x ->
            x.then("conv1", conv(6, 3).padding(1))
                .then(relu())
                .then(maxPool(2))
                .then("conv2", conv(8, 3))
                .then(relu())
                .then(flatten())
                .then("hidden", dense(16))
                .then(relu())
                .then("head", dense(CLASSES)));
  }

  private static Graph residual() {
    return Graph.build(
        "residual",
        SAMPLE,
        x ->
            x.then("stem", conv(6, 3).padding(1).withoutBias())
                .then("stem_norm", batchNorm())
                .then(relu())
                .block("unit1", v -> unit(v, conv(6, 3)))
                .block("unit2", v -> unit(v, conv(8, 3).stride(2)))
                .then(globalAvgPool())
                .then(flatten())
                .then("head", dense(CLASSES)));
  }

  private static Value unit(Value x, Conv2d first) {
    Conv2d second = conv(first.filters(), 3).padding(1).withoutBias();
    Value y =
        x.then("conv1", first.padding(1).withoutBias())
            .then("norm1", batchNorm())
            .then(relu())
            .then("conv2", second)
            .then("norm2", batchNorm());
    if (y.shape().equals(x.shape())) {
      return y.plus(x).then(relu());
    }
    Conv2d narrow = conv(first.filters(), 1).stride(first.window().stride().height());
    Value shortcut = x.then("shortcut", narrow.withoutBias()).then("shortcut_norm", batchNorm());
    return y.plus(shortcut).then(relu());
  }

  private static Graph inception() {
    return Graph.build(
        "inception",
        SAMPLE,
        x ->
            x.then("stem", conv(6, 3))
                .then(relu())
                .then(new LocalResponseNorm(5, 0.5, 0.75, 1))
                .then(maxPool(3).stride(2).ceilMode())
                .block("mixed", LossCurve::mixed)
                .then(relu())
                .then(globalAvgPool())
                .then(flatten())
                .then("drop", Layer.dropout(0.2))
                .then("head", dense(CLASSES)));
  }

  private static Value mixed(Value x) {
    Value three = x.then("reduce3", conv(4, 1)).then(relu()).then("three", conv(6, 3).padding(1));
    Value five = x.then("reduce5", conv(2, 1)).then(relu()).then("five", conv(3, 5).padding(2));
    Value pooled = x.then(maxPool(3).stride(1).padding(1)).then("pooled", conv(3, 1));
    return x.then("one", conv(4, 1)).concat(three, five, pooled);
  }

  @Override
  public String toString() {
    return name;
  }
}
