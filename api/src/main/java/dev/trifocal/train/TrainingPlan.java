package dev.trifocal.train;

import dev.trifocal.graph.Graph;
import java.util.List;

/** What a training does. What it leaves alone is said by the graph: {@link Graph#freeze}. */
public record TrainingPlan(List<Objective> objectives, Optimizer optimizer, Schedule schedule) {
  public TrainingPlan {
    objectives = List.copyOf(objectives);
  }

  /** One loss on the only output of a graph, at a constant rate. */
  public static TrainingPlan of(Loss loss, Optimizer optimizer) {
    return new TrainingPlan(
        List.of(new Objective(Graph.OUTPUT, loss, 1)), optimizer, new Schedule.Constant());
  }

  public TrainingPlan schedule(Schedule other) {
    return new TrainingPlan(objectives, optimizer, other);
  }
}
