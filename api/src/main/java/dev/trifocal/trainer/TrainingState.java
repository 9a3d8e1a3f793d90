package dev.trifocal.trainer;

import dev.trifocal.data.Dataset;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.metric.Metric;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Loss;
import dev.trifocal.train.Objective;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The complete state of a run, which can resume in another process and on any engine.
 *
 * @param classes class names in the order of the class ids; empty if labels are not class ids
 * @param preprocessing image preprocessing; empty if inputs are not images or it is unknown
 */
public record TrainingState(
    Checkpoint checkpoint,
    TrainingPlan plan,
    List<Metric> metrics,
    List<String> classes,
    Optional<Preprocessing> preprocessing,
    TrainingProgress progress) {
  public TrainingState {
    metrics = List.copyOf(metrics);
    classes = List.copyOf(classes);
  }

  /** Returns the state before the first step; {@link Trainer} adds the data's preprocessing. */
  public static TrainingState start(
      Checkpoint checkpoint, TrainingPlan plan, List<Metric> metrics, List<String> classes) {
    return new TrainingState(
        checkpoint, plan, metrics, classes, Optional.empty(), TrainingProgress.start());
  }

  /** Returns the state for inference, without auxiliary outputs and optimizer slots. */
  public TrainingState inference() {
    List<Objective> evaluated = plan.evaluated();
    Set<String> outputs = new LinkedHashSet<>(checkpoint.graph().outputs().keySet());
    plan.objectives().stream()
        .filter(objective -> !evaluated.contains(objective))
        .forEach(auxiliary -> outputs.remove(auxiliary.output()));
    Graph graph = checkpoint.graph().keep(outputs);
    Weights weights = checkpoint.weights().only(graph.weightShapes().keySet());
    return new TrainingState(
        new Checkpoint(graph, weights, Map.of(), checkpoint.step(), checkpoint.seed()),
        plan.objectives(evaluated),
        metrics,
        classes,
        preprocessing,
        progress);
  }

  /**
   * Returns the graph for prediction: that of {@link #inference}, followed by a sigmoid if its only
   * output has the logits of several classes that a loss treats as {@linkplain Loss#isIndependent
   * independent}.
   */
  public Graph prediction() {
    TrainingState trained = inference();
    Graph graph = trained.checkpoint.graph();
    if (!graph.outputs().keySet().equals(Set.of(Graph.OUTPUT))
        || trained.plan.objectives().stream().noneMatch(one -> one.loss().isIndependent())) {
      return graph;
    }
    Node output = graph.output(Graph.OUTPUT);
    boolean logits =
        output.shape().rank() == 1
            && output.shape().size(0) > 1
            && ScoreOutput.kind(graph, output) == ScoreKind.LOGITS;
    return logits
        ? graph.withHead(
            output.path(), value -> value.then(graph.unusedPath("sigmoid"), Layer.sigmoid()))
        : graph;
  }

  /** Returns this state with other class names. */
  public TrainingState classes(List<String> names) {
    return new TrainingState(checkpoint, plan, metrics, names, preprocessing, progress);
  }

  /** Returns this state with another image preprocessing. */
  public TrainingState preprocessing(Preprocessing other) {
    return new TrainingState(checkpoint, plan, metrics, classes, Optional.of(other), progress);
  }

  /** Returns this state with the preprocessing of its training data, if that is known. */
  public TrainingState on(Dataset train) {
    return train.preprocessing().map(this::preprocessing).orElse(this);
  }

  /** Returns this state with other metrics. */
  public TrainingState metrics(List<Metric> others) {
    return new TrainingState(checkpoint, plan, others, classes, preprocessing, progress);
  }

  /** Returns the same run at another point. */
  public TrainingState at(Checkpoint other, TrainingProgress further) {
    return new TrainingState(other, plan, metrics, classes, preprocessing, further);
  }
}
