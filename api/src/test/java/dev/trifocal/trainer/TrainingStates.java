package dev.trifocal.trainer;

import dev.trifocal.graph.Graph;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Layer;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.Auc;
import dev.trifocal.metric.F1;
import dev.trifocal.metric.MetricSums;
import dev.trifocal.metric.Precision;
import dev.trifocal.metric.Recall;
import dev.trifocal.metric.TopK;
import dev.trifocal.metric.WeightedMean;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adagrad;
import dev.trifocal.train.Adam;
import dev.trifocal.train.AdamW;
import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.ExponentialMovingAverage;
import dev.trifocal.train.Loss;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.NAdam;
import dev.trifocal.train.Objective;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.ParameterGroup;
import dev.trifocal.train.RmsProp;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Training states with something in every corner, for the files that keep them. */
final class TrainingStates {
  private static final Graph GRAPH =
      Graph.build(
          "states",
          Shape.of(2, 3, 5),
          x ->
              x.then("conv", Layer.conv(3, 1))
                  .then("norm", Layer.batchNorm())
                  .then(Layer.flatten())
                  .then("fc", Layer.dense(2)));

  private TrainingStates() {}

  /** Plans with every optimizer, loss and schedule, no setting at its default. */
  static Stream<TrainingState> everyPlan() {
    List<Optimizer> optimizers =
        List.of(
            Sgd.of(0.1).momentum(0.9).nesterov().weightDecay(1e-4),
            new Adam(0.01, 0.8, 0.99, 1e-7, 0.1 + 0.2),
            new AdamW(0.02, 0.7, 0.98, 1e-6, 0.3),
            new NAdam(0.03, 0.6, 0.97, 1e-5, 0.4, 1),
            new RmsProp(0.04, 0.5, 1e-4, 0.5, 0.1),
            new Adagrad(Double.MIN_VALUE, 1e-3, 0.6),
            new ExponentialMovingAverage(Sgd.of(0.1).momentum(0.9), 0.999));
    List<Schedule> schedules =
        List.of(
            new Schedule.Constant(),
            new Schedule.Step(7, 0.3),
            new Schedule.Exponential(0.99),
            new Schedule.Cosine(),
            new Schedule.WarmUp(11, new Schedule.WarmUp(2, new Schedule.Cosine())),
            new Schedule.OneCycle(0.35));
    List<Loss> losses =
        List.of(
            new SoftmaxCrossEntropy(),
            new SoftmaxCrossEntropy()
                .labelSmoothing(0.1)
                .classWeights(List.of(1.0, 1.0 / 3))
                .ignoreIndex(-100),
            new BinaryCrossEntropy(),
            new MeanSquaredError());
    return IntStream.range(0, optimizers.size())
        .mapToObj(
            i ->
                state(
                    i + 1,
                    new TrainingPlan(
                            List.of(
                                new Objective(
                                    Graph.OUTPUT, losses.get(i % losses.size()), 0.1 * i)),
                            optimizers.get(i),
                            schedules.get(i % schedules.size()))
                        .rates(
                            List.of(
                                new ParameterGroup("conv", 0.1 * i), new ParameterGroup("fc", 3)))
                        .start(i)));
  }

  /** A state after so many steps. */
  static TrainingState at(long step) {
    return state(step, TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.01)));
  }

  /** The same state of a graph with another name. */
  static TrainingState renamed(TrainingState state) {
    Checkpoint old = state.checkpoint();
    Graph graph = new Graph("renamed", old.graph().nodes(), old.graph().outputs());
    return state.at(
        new Checkpoint(graph, old.weights(), old.slots(), old.step(), old.seed()),
        state.progress());
  }

  private static TrainingState state(long step, TrainingPlan plan) {
    Map<String, Weights> slots = new LinkedHashMap<>();
    plan.optimizer().slots().forEach(slot -> slots.put(slot, slot(step)));
    return new TrainingState(
        new Checkpoint(GRAPH, GRAPH.initialWeights(step), slots, step, Long.MIN_VALUE + step),
        plan,
        List.of(
            new Accuracy(Graph.OUTPUT),
            new TopK(Graph.OUTPUT, 2),
            new Precision(Graph.OUTPUT),
            new Recall(Graph.OUTPUT),
            new F1(Graph.OUTPUT),
            new Auc(Graph.OUTPUT)),
        List.of("ants", "bees \"and\" ü"),
        step % 2 == 0 ? Optional.empty() : Optional.of(Preprocessing.TORCHVISION),
        progress(step));
  }

  private static Weights slot(long step) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    GRAPH
        .trainableShapes()
        .forEach((name, shape) -> result.put(name, Tensor.floats(shape, b -> b.put(0, 1f / step))));
    return new Weights(result);
  }

  private static TrainingProgress progress(long step) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("loss", Double.NaN);
    metrics.put("accuracy", 1.0 / 3);
    metrics.put("val_loss", Double.POSITIVE_INFINITY);
    return new TrainingProgress(
        2,
        (int) step,
        Map.of(
            "loss", new WeightedMean(Math.PI * step, 1e17 + step).sums(),
            "accuracy", new WeightedMean(-0.0, 0).sums(),
            "auc", MetricSums.of("positive", 1, -0.0, 1e-300).and("negative")),
        List.of(new EpochRecord(1, metrics, 1e-3 / 3, 12.345678901234567)),
        0,
        Double.NaN,
        Double.MIN_NORMAL,
        Map.of("trifocal", "0.1", "data", "sha256:abc"),
        new CallbackState(
            0.1, Optional.of("enough"), Map.of("Counter", Map.of("best", 1.0 / 3, "bad", 2.0))));
  }
}
