package dev.trifocal.apps.model;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.config.Settings;
import dev.trifocal.graph.Graph;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.zoo.Preprocessing;

/**
 * A model with its weights.
 *
 * @param name as it was given
 * @param state graph, weights, classes, and what its training measured
 * @param preprocessing what its pictures go through
 * @param settings of its run, or those of the working directory; flags included
 */
public record NamedModel(
    String name, TrainingState state, Settings settings, Preprocessing preprocessing) {
  public Graph graph() {
    return state.checkpoint().graph();
  }

  /** The model ready to run. */
  public Program compile(Backend backend) {
    Checkpoint checkpoint = state.checkpoint();
    return backend.compile(checkpoint.graph(), checkpoint.weights(), settings.engine().options());
  }
}
