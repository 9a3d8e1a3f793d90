package dev.trifocal.apps.model;

import dev.trifocal.apps.run.Run;
import dev.trifocal.trainer.TrainingState;
import java.util.Optional;

/**
 * A model with its weights.
 *
 * @param name as it was given
 * @param state what is known of it: graph, weights, classes, and what its training measured
 * @param run where it was trained; empty for a model of the zoo, whose weights are the first ones
 */
public record NamedModel(String name, TrainingState state, Optional<Run> run) {
  public String origin() {
    return run.isPresent()
        ? "%s, best weights: epoch %d".formatted(name, state.progress().bestEpoch())
        : name + ", untrained";
  }
}
