package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Flags of what samples count, of averaged weights, and of a rate that follows the loss. */
@OptionSection("Training")
public final class BalanceFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--class-weights",
      paramLabel = "balanced|X,...",
      description =
          "What each class counts in the loss: balanced, so that rare classes count as much as"
              + " frequent ones, or a number for each class. Default: all alike.")
  private void classWeights(String value) {
    values.put("class-weights", value);
  }

  @Option(
      names = "--ema",
      paramLabel = "X",
      description =
          "Keep an exponential moving average of the weights with this decay, such as 0.999;"
              + " the average is evaluated, and saved as best. Default: none.")
  private void ema(String value) {
    values.put("ema", value);
  }

  @Option(
      names = "--plateau-patience",
      paramLabel = "N",
      description =
          "Of the schedule plateau: epochs without a lower validation loss after which the rate is"
              + " still left alone. Default: 10.")
  private void patience(String value) {
    values.put("plateau-patience", value);
  }

  @Option(
      names = "--plateau-threshold",
      paramLabel = "X",
      description =
          "Of the schedule plateau: share by which a loss must be below the lowest one."
              + " Default: 0.0001.")
  private void threshold(String value) {
    values.put("plateau-threshold", value);
  }

  @Option(
      names = "--plateau-cooldown",
      paramLabel = "N",
      description = "Of the schedule plateau: epochs after a change that do not count. Default: 0.")
  private void cooldown(String value) {
    values.put("plateau-cooldown", value);
  }

  @Option(
      names = "--plateau-min-lr",
      paramLabel = "X",
      description = "Of the schedule plateau: the lowest rate. Default: 0.")
  private void minLearningRate(String value) {
    values.put("plateau-min-lr", value);
  }

  Map<String, String> values() {
    return values;
  }
}
