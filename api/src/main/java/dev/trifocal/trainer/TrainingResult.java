package dev.trifocal.trainer;

import dev.trifocal.graph.Graph;
import dev.trifocal.weights.Weights;
import java.util.List;

/**
 * What a training came to.
 *
 * @param last the newest state
 * @param best the state after the best epoch; {@code last} while no epoch has ended
 */
public record TrainingResult(TrainingState last, TrainingState best, StopReason ending) {
  /** The network, as after the best epoch. */
  public Graph graph() {
    return best.checkpoint().graph();
  }

  /** The best weights. */
  public Weights weights() {
    return best.checkpoint().weights();
  }

  /** Loss and metrics, epoch by epoch. */
  public List<EpochRecord> history() {
    return last.progress().history();
  }
}
