package dev.trifocal.trainer;

import dev.trifocal.data.Dataset;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.metric.Metric;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Objective;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a training needs to go on in another process, on any engine.
 *
 * @param classes names of the classes in the order of their ids; empty if labels are not class ids
 * @param preprocessing what pictures go through before the network; empty if it reads none, or
 *     nobody knows
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

  /** A training before its first step; {@link Trainer} adds the preprocessing of its data. */
  public static TrainingState start(
      Checkpoint checkpoint, TrainingPlan plan, List<Metric> metrics, List<String> classes) {
    return new TrainingState(
        checkpoint, plan, metrics, classes, Optional.empty(), TrainingProgress.start());
  }

  /** What is of use after training: no auxiliary outputs, and no slots of the optimizer. */
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

  /** The same with other names of classes. */
  public TrainingState classes(List<String> names) {
    return new TrainingState(checkpoint, plan, metrics, names, preprocessing, progress);
  }

  /** The same with other preparations of pictures. */
  public TrainingState preprocessing(Preprocessing other) {
    return new TrainingState(checkpoint, plan, metrics, classes, Optional.of(other), progress);
  }

  /** The same, with the preprocessing of what it is trained on, where that says it. */
  public TrainingState on(Dataset train) {
    return train.preprocessing().map(this::preprocessing).orElse(this);
  }

  /** The same measured by other metrics. */
  public TrainingState metrics(List<Metric> others) {
    return new TrainingState(checkpoint, plan, others, classes, preprocessing, progress);
  }

  /** The same training at another point. */
  public TrainingState at(Checkpoint other, TrainingProgress further) {
    return new TrainingState(other, plan, metrics, classes, preprocessing, further);
  }
}
