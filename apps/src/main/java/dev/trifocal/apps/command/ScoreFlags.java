package dev.trifocal.apps.command;

import dev.trifocal.apps.model.ScoreChoice;
import dev.trifocal.layer.ScoreKind;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for the output that classifies, and the kind of its scores. */
public final class ScoreFlags {
  /** The kinds that a user can select. */
  enum Scores {
    LOGITS(ScoreKind.LOGITS),
    PROBABILITIES(ScoreKind.PROBABILITIES),
    SIGMOID(ScoreKind.SIGMOID),
    SIGMOID_LOGITS(ScoreKind.SIGMOID_LOGITS);

    private final ScoreKind kind;

    Scores(ScoreKind kind) {
      this.kind = kind;
    }

    /** Returns the value as written on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Option(
      names = "--output-name",
      paramLabel = "NAME",
      description =
          "The output that classifies. Default: the one that the model's operators tell, such as"
              + " the one behind a softmax.")
  private Optional<String> output = Optional.empty();

  @Option(
      names = "--scores",
      paramLabel = "KIND",
      description =
          "What the numbers of that output are: logits, probabilities, sigmoid for independent"
              + " probabilities (one unit: that of the second class), or sigmoid-logits for logits"
              + " of such. Default: what the model's operators tell.")
  private Optional<Scores> scores = Optional.empty();

  ScoreChoice choice() {
    return new ScoreChoice(output, scores.map(one -> one.kind));
  }
}
