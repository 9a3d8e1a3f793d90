package dev.trifocal.trainer;

import dev.trifocal.graph.Graph;
import dev.trifocal.weights.Weights;
import java.util.List;

/**
 * The result of a training run.
 *
 * @param last the newest state
 * @param best the state after the best epoch; {@code last} if no epoch was completed
 * @param ending the reason why the run ended
 */
public record TrainingResult(TrainingState last, TrainingState best, StopReason ending) {
  /** Returns the network after the best epoch. */
  public Graph graph() {
    return best.checkpoint().graph();
  }

  /** Returns the weights after the best epoch. */
  public Weights weights() {
    return best.checkpoint().weights();
  }

  /** Returns the records of all epochs. */
  public List<EpochRecord> history() {
    return last.progress().history();
  }
}
