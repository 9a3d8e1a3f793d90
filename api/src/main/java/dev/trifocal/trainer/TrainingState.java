package dev.trifocal.trainer;

import dev.trifocal.metric.Metric;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import java.util.List;

/**
 * All that a training needs to go on in another process, on any engine.
 *
 * @param classes names of the classes in the order of their ids; empty if labels are not class ids
 */
public record TrainingState(
    Checkpoint checkpoint,
    TrainingPlan plan,
    List<Metric> metrics,
    List<String> classes,
    Progress progress) {
  public TrainingState {
    metrics = List.copyOf(metrics);
    classes = List.copyOf(classes);
  }

  /** A training before its first step. */
  public static TrainingState start(
      Checkpoint checkpoint, TrainingPlan plan, List<Metric> metrics, List<String> classes) {
    return new TrainingState(checkpoint, plan, metrics, classes, Progress.start());
  }

  /** The same training at another point. */
  public TrainingState at(Checkpoint other, Progress further) {
    return new TrainingState(other, plan, metrics, classes, further);
  }
}
