package dev.trifocal.apps.command;

import dev.trifocal.apps.model.DataSplit;
import dev.trifocal.apps.model.ScoreChoice;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.tensor.HalfPrecision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for weights of 16 bits, and for the data that shows what they cost. */
@OptionSection("Weights in 16 bits")
public final class HalfFlags {
  @Option(
      names = "--half",
      arity = "0..1",
      fallbackValue = "fp16",
      paramLabel = "FORMAT",
      description =
          "Store the weights in 16 bits, half the size: fp16, exact to 3 digits and up to 65504, or"
              + " bf16, with the range of float32 and 2 digits. Without FORMAT: fp16. Prints sizes"
              + " and accuracies before and after; MODEL has to precede this option.")
  private Optional<HalfPrecision> half = Optional.empty();

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description =
          "Split to evaluate: train, validation, test or all. Default: validation and test, or all"
              + " samples together if the run was not trained on this data.")
  private Optional<DataSplit> split = Optional.empty();

  @Mixin private DataFlags data;
  @Mixin private ImageFolderFlags images;
  @Mixin private ScoreFlags scores;

  Optional<HalfPrecision> format() {
    return half;
  }

  Optional<DataSplit> split() {
    return split;
  }

  ScoreChoice scores() {
    return scores.choice();
  }

  /** Returns whether an option names the data. */
  boolean namesData() {
    return data.values().containsKey("data");
  }

  /**
   * Returns the settings of the data to evaluate on.
   *
   * @throws ConfigurationException if there are any, but the weights stay float32
   */
  Map<String, String> dataValues() {
    Map<String, String> values = new LinkedHashMap<>(data.values());
    values.putAll(images.values());
    if (half.isEmpty() && (!values.isEmpty() || split.isPresent())) {
      throw new ConfigurationException(
          "--%s is for the accuracies that --half prints; add --half, or use 'trifocal evaluate'"
              .formatted(values.isEmpty() ? "split" : values.keySet().iterator().next()));
    }
    return values;
  }
}
