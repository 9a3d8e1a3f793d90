package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options for class weights, averaged weights and the plateau schedule. */
public final class BalanceFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--class-weights",
      paramLabel = "balanced|X[,...]",
      description =
          "Weight of each class in the loss: 'balanced', inversely proportional to class frequency,"
              + " or one number per class. Default: equal weights.")
  private void classWeights(String value) {
    values.put("class-weights", value);
  }

  @Option(
      names = "--ema",
      paramLabel = "X",
      description =
          "Decay of an exponential moving average of the weights, such as 0.999. The averaged"
              + " weights are evaluated and saved as best. Default: no averaging.")
  private void ema(String value) {
    values.put("ema", value);
  }

  @Option(
      names = "--plateau-patience",
      paramLabel = "N",
      description =
          "Schedule plateau: epochs without a lower validation loss that are tolerated before the"
              + " learning rate drops. Default: 10.")
  private void patience(String value) {
    values.put("plateau-patience", value);
  }

  @Option(
      names = "--plateau-threshold",
      paramLabel = "X",
      description =
          "Schedule plateau: relative decrease of the validation loss that counts as an"
              + " improvement. Default: 0.0001.")
  private void threshold(String value) {
    values.put("plateau-threshold", value);
  }

  @Option(
      names = "--plateau-cooldown",
      paramLabel = "N",
      description = "Schedule plateau: epochs to ignore after each drop. Default: 0.")
  private void cooldown(String value) {
    values.put("plateau-cooldown", value);
  }

  @Option(
      names = "--plateau-min-lr",
      paramLabel = "X",
      description = "Schedule plateau: minimum learning rate. Default: 0.")
  private void minLearningRate(String value) {
    values.put("plateau-min-lr", value);
  }

  Map<String, String> values() {
    return values;
  }
}
