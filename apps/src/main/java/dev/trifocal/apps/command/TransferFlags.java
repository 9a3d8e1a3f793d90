package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Flags of the new head and of fine-tuning. */
@OptionSection("Transfer")
public final class TransferFlags {
  private final Map<String, String> values = new LinkedHashMap<>(Map.of("task", "transfer"));

  @Option(
      names = "--head",
      paramLabel = "PATH",
      description =
          "The new head follows this layer. Default: what the last layer with weights of a"
              + " classifier reads, or the output of a network without its top.")
  private void head(String value) {
    values.put("head", value);
  }

  @Option(
      names = "--dropout",
      paramLabel = "X",
      description = "Of the new head, at least 0 and below 1; 0: none. Default: 0.2.")
  private void dropout(String value) {
    values.put("dropout", value);
  }

  @Option(
      names = "--fine-tune-epochs",
      paramLabel = "N",
      description = "Epochs after those with the base frozen; 0: no fine-tuning. Default: 5.")
  private void epochs(String value) {
    values.put("fine-tune-epochs", value);
  }

  @Option(
      names = "--fine-tune-from",
      paramLabel = "PATH",
      description = "The first layer, or block, that is fine-tuned, with all that follows.")
  private void from(String value) {
    values.put("fine-tune-from", value);
  }

  @Option(
      names = "--fine-tune-last",
      paramLabel = "N",
      description =
          "How many of the base's layers with weights are fine-tuned. Default: a third of them.")
  private void last(String value) {
    values.put("fine-tune-last", value);
  }

  @Option(
      names = "--fine-tune-rate",
      paramLabel = "X",
      description = "What the learning rate is multiplied with in fine-tuning. Default: 0.1.")
  private void rate(String value) {
    values.put("fine-tune-rate", value);
  }

  Map<String, String> values() {
    return values;
  }
}
