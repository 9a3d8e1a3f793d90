package dev.trifocal.trainer;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.Metric;
import dev.trifocal.train.Adam;
import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Loss;
import dev.trifocal.train.Objective;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options from which a {@link Trainer} creates the initial state of a run.
 *
 * @param objectives losses; empty for softmax cross-entropy on the only output
 * @param metrics metrics; empty for accuracy if labels are class ids
 * @param weights initial weights; empty to draw them with the seed
 */
record TrainerOptions(
    Optimizer optimizer,
    Schedule schedule,
    Optional<List<Objective>> objectives,
    Optional<List<Metric>> metrics,
    Optional<Weights> weights,
    long seed) {
  /** The defaults: Adam with a constant rate of 0.001, as in Keras. */
  static final TrainerOptions USUAL =
      new TrainerOptions(
          Adam.of(0.001),
          new Schedule.Constant(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          42);

  TrainerOptions optimizer(Optimizer other) {
    return new TrainerOptions(other, schedule, objectives, metrics, weights, seed);
  }

  TrainerOptions schedule(Schedule other) {
    return new TrainerOptions(optimizer, other, objectives, metrics, weights, seed);
  }

  TrainerOptions objectives(List<Objective> others) {
    return new TrainerOptions(
        optimizer, schedule, Optional.of(List.copyOf(others)), metrics, weights, seed);
  }

  TrainerOptions metrics(List<Metric> others) {
    return new TrainerOptions(
        optimizer, schedule, objectives, Optional.of(List.copyOf(others)), weights, seed);
  }

  TrainerOptions weights(Weights others) {
    return new TrainerOptions(optimizer, schedule, objectives, metrics, Optional.of(others), seed);
  }

  TrainerOptions seed(long other) {
    return new TrainerOptions(optimizer, schedule, objectives, metrics, weights, other);
  }

  /**
   * Creates the initial state of a run.
   *
   * @throws ConfigurationException if there is no default for the loss
   */
  TrainingState start(Graph graph, Splits data) {
    List<String> classes = data.train().classes();
    boolean classifies = !classes.isEmpty() && graph.outputs().containsKey(Graph.OUTPUT);
    List<Metric> usual = classifies ? List.of(new Accuracy(Graph.OUTPUT)) : List.of();
    Checkpoint first =
        Checkpoint.start(graph, weights.orElseGet(() -> graph.initialWeights(seed)), seed);
    return TrainingState.start(
        first,
        new TrainingPlan(
            objectives.orElseGet(() -> usualLoss(graph, data.train())), optimizer, schedule),
        metrics.orElse(usual),
        classes);
  }

  /**
   * Returns a saved state after checking that its run was started with these options.
   *
   * @throws ConfigurationException if an option differs; the message names it
   */
  TrainingState resumed(TrainingState saved, Graph graph, Splits data) {
    TrainingState wanted = start(graph, data);
    List<String> changed = new ArrayList<>();
    if (!wanted.checkpoint().graph().equals(saved.checkpoint().graph())) {
      changed.add("graph");
    }
    if (!wanted.plan().objectives().equals(saved.plan().objectives())) {
      changed.add("loss");
    }
    if (!wanted.plan().optimizer().equals(saved.plan().optimizer())) {
      changed.add("optimizer");
    }
    if (!wanted.plan().schedule().equals(saved.plan().schedule())) {
      changed.add("schedule");
    }
    if (!wanted.metrics().equals(saved.metrics())) {
      changed.add("metrics");
    }
    if (wanted.checkpoint().seed() != saved.checkpoint().seed()) {
      changed.add("seed");
    }
    if (!changed.isEmpty()) {
      throw new ConfigurationException(
          "the saved run was started with a different %s; resume it with the same settings, or save a new run to another directory"
              .formatted(String.join(", ", changed)));
    }
    return saved;
  }

  private static List<Objective> usualLoss(Graph graph, Dataset train) {
    if (train.classes().isEmpty()) {
      throw new ConfigurationException(
          "the labels of %s are not class ids, so there is no default loss; set one with loss(...)"
              .formatted(train.name()));
    }
    if (!graph.outputs().keySet().equals(Set.of(Graph.OUTPUT))) {
      throw new ConfigurationException(
          "%s has outputs %s; set a loss for each with objectives(...)"
              .formatted(graph.name(), graph.outputs().keySet()));
    }
    Loss loss =
        train.isMultiLabel()
            ? new BinaryCrossEntropy()
            : new SoftmaxCrossEntropy().ignoring(train.ignoreIndex());
    return List.of(new Objective(Graph.OUTPUT, loss, 1));
  }
}
