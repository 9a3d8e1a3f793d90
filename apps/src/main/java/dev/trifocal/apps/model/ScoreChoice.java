package dev.trifocal.apps.model;

import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.layer.ScoreKind;
import java.util.List;
import java.util.Optional;

/**
 * The user's choice of the output that classifies.
 *
 * @param output its name; empty to let the model decide
 * @param kind the meaning of its numbers; empty to let the model decide
 */
public record ScoreChoice(Optional<String> output, Optional<ScoreKind> kind) {
  /** Leaves everything to the model. */
  public static final ScoreChoice NONE = new ScoreChoice(Optional.empty(), Optional.empty());

  /**
   * @param model for messages
   * @param classes number of class names; 0 if they are unknown
   * @throws dev.trifocal.error.ConfigurationException if there is no such output, or if the model
   *     leaves open which one classifies
   */
  ScoreOutput of(String model, List<ScoreOutput> outputs, int classes) {
    ScoreOutput chosen = ScoreOutput.choose(model, outputs, classes, output);
    return kind.map(chosen::kind).orElse(chosen);
  }
}
