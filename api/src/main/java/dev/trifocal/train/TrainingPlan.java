package dev.trifocal.train;

import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * What a training does. What it leaves alone is said by the graph: {@link Graph#freeze}.
 *
 * @param clipping what happens to gradients before the optimizer sees them
 * @param decay what the optimizer's weight decay applies to
 */
public record TrainingPlan(
    List<Objective> objectives,
    Optimizer optimizer,
    Schedule schedule,
    Clipping clipping,
    Decay decay) {
  public TrainingPlan {
    objectives = List.copyOf(objectives);
  }

  /** Without clipping, and with decay of all parameters. */
  public TrainingPlan(List<Objective> objectives, Optimizer optimizer, Schedule schedule) {
    this(objectives, optimizer, schedule, new Clipping.None(), Decay.ALL);
  }

  /** One loss on the only output of a graph, at a constant rate. */
  public static TrainingPlan of(Loss loss, Optimizer optimizer) {
    return new TrainingPlan(
        List.of(new Objective(Graph.OUTPUT, loss, 1)), optimizer, new Schedule.Constant());
  }

  /** The objectives that evaluation measures: those that are not auxiliary. */
  public List<Objective> evaluated() {
    return objectives.stream().filter(one -> one.role() == Objective.Role.MAIN).toList();
  }

  public TrainingPlan objectives(List<Objective> others) {
    return new TrainingPlan(others, optimizer, schedule, clipping, decay);
  }

  public TrainingPlan schedule(Schedule other) {
    return new TrainingPlan(objectives, optimizer, other, clipping, decay);
  }

  public TrainingPlan clipping(Clipping other) {
    return new TrainingPlan(objectives, optimizer, schedule, other, decay);
  }

  public TrainingPlan decay(Decay other) {
    return new TrainingPlan(objectives, optimizer, schedule, clipping, other);
  }

  /** The optimizer as it treats a parameter of this shape: without weight decay where exempt. */
  public Optimizer optimizer(Shape parameter) {
    return decay.covers(parameter) ? optimizer : optimizer.weightDecay(0);
  }
}
