package dev.trifocal.apps.model;

import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.layer.ScoreKind;
import java.util.List;
import java.util.Optional;

/**
 * The user's choice of the output that classifies.
 *
 * @param output name of the output; empty to derive it from the model
 * @param kind kind of its scores; empty to derive it from the model
 */
public record ScoreChoice(Optional<String> output, Optional<ScoreKind> kind) {
  /** Derives everything from the model. */
  public static final ScoreChoice NONE = new ScoreChoice(Optional.empty(), Optional.empty());

  /**
   * Returns the output that classifies.
   *
   * @param model name of the model, for messages
   * @param classes number of class names; 0 if they are unknown
   * @throws dev.trifocal.error.ConfigurationException if there is no such output, or the model is
   *     ambiguous
   */
  ScoreOutput of(String model, List<ScoreOutput> outputs, int classes) {
    ScoreOutput chosen = ScoreOutput.choose(model, outputs, classes, output);
    return kind.map(chosen::kind).orElse(chosen);
  }
}
