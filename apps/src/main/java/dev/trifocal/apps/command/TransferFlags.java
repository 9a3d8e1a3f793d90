package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options for the new head and for fine-tuning. */
@OptionSection("Transfer")
public final class TransferFlags {
  private final Map<String, String> values = new LinkedHashMap<>(Map.of("task", "transfer"));

  @Option(
      names = "--head",
      paramLabel = "PATH",
      description =
          "Layer after which the new head is attached. Default: the input of a classifier's last"
              + " layer with weights, or the output of a network without a top.")
  private void head(String value) {
    values.put("head", value);
  }

  @Option(
      names = "--dropout",
      paramLabel = "X",
      description = "Dropout rate of the new head, at least 0 and below 1. Default: 0.2.")
  private void dropout(String value) {
    values.put("dropout", value);
  }

  @Option(
      names = "--fine-tune-epochs",
      paramLabel = "N",
      description =
          "Epochs of fine-tuning after those with the base frozen; 0 disables fine-tuning. Default:"
              + " 5.")
  private void epochs(String value) {
    values.put("fine-tune-epochs", value);
  }

  @Option(
      names = "--fine-tune-from",
      paramLabel = "PATH",
      description =
          "First layer or block to fine-tune; all layers after it are fine-tuned too. Default: see"
              + " --fine-tune-last.")
  private void from(String value) {
    values.put("fine-tune-from", value);
  }

  @Option(
      names = "--fine-tune-last",
      paramLabel = "N",
      description =
          "Number of the base's last layers with weights to fine-tune. Default: a third of them.")
  private void last(String value) {
    values.put("fine-tune-last", value);
  }

  @Option(
      names = "--fine-tune-rate",
      paramLabel = "X",
      description = "Factor on the learning rate during fine-tuning. Default: 0.1.")
  private void rate(String value) {
    values.put("fine-tune-rate", value);
  }

  Map<String, String> values() {
    return values;
  }
}
