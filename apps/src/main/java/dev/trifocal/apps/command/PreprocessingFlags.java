package dev.trifocal.apps.command;

import dev.trifocal.config.PreprocessingSettings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.image.Preprocessing;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for image preprocessing: {@code (p / scale - mean) / std}. */
@OptionSection("Preparation of images")
public final class PreprocessingFlags {
  @Option(
      names = "--preprocessing",
      paramLabel = "NAME",
      description =
          "Image preprocessing: torchvision (ImageNet mean and std), caffe (BGR, mean subtracted)"
              + " or symmetric ([-1, 1]), all with a centre crop, or unit ([0, 1], resized without"
              + " cropping). Default: as the model specifies.")
  private Optional<PreprocessingSettings.Usual> named = Optional.empty();

  @Option(
      names = "--mean",
      paramLabel = "X[,X,X]",
      description =
          "Mean to subtract from the scaled values, one for all channels or one per channel."
              + " Default: that of the preprocessing.")
  private Optional<String> mean = Optional.empty();

  @Option(
      names = "--std",
      paramLabel = "X[,X,X]",
      description =
          "Standard deviation to divide by after subtracting the mean, one for all channels or one"
              + " per channel. Default: that of the preprocessing.")
  private Optional<String> std = Optional.empty();

  /** The former name of {@code --std}. */
  @Option(names = "--deviation", hidden = true)
  private Optional<String> deviation = Optional.empty();

  @Option(
      names = "--scale",
      paramLabel = "X",
      description =
          "Number to divide pixel values (0 to 255) by first, usually 255 or 1. Default: that of"
              + " the preprocessing.")
  private Optional<Double> scale = Optional.empty();

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      description = "Channel order, rgb or bgr. Default: that of the preprocessing.")
  private Optional<Preprocessing.Order> order = Optional.empty();

  @Option(
      names = "--shorter-side",
      paramLabel = "N",
      description =
          "Resize the shorter side to N pixels and crop the centre; 0 resizes without cropping."
              + " Default: that of the preprocessing.")
  private Optional<Integer> shorterSide = Optional.empty();

  /**
   * Returns the preprocessing settings given.
   *
   * @throws ConfigurationException if a value is not a number or is out of range
   */
  PreprocessingSettings choice() {
    shorterSide.ifPresent(side -> require(side >= 0, "--shorter-side must not be negative"));
    scale.ifPresent(
        value ->
            require(
                value > 0 && Double.isFinite(value),
                "--scale must be positive and finite, but is " + value));
    return new PreprocessingSettings(
        named,
        shorterSide,
        order,
        scale,
        mean.map(text -> numbers("--mean", text)),
        std.map(text -> divisors("--std", text))
            .or(() -> deviation.map(text -> divisors("--deviation", text))));
  }

  private static List<Double> divisors(String flag, String text) {
    List<Double> values = numbers(flag, text);
    require(!values.contains(0.0), flag + " must not be 0");
    require(
        values.stream().allMatch(value -> value > 0),
        "%s must be positive, but is '%s'".formatted(flag, text));
    return values;
  }

  private static List<Double> numbers(String flag, String text) {
    try {
      List<Double> values =
          Arrays.stream(text.split(",")).map(word -> Double.valueOf(word.strip())).toList();
      require(
          values.size() == 1 || values.size() == 3,
          "%s must be one number or three numbers separated by commas, but is '%s'"
              .formatted(flag, text));
      require(
          values.stream().allMatch(Double::isFinite),
          "%s must be finite, but is '%s'".formatted(flag, text));
      return values;
    } catch (NumberFormatException e) {
      throw new ConfigurationException(
          "%s must be one number or three numbers separated by commas, but is '%s'"
              .formatted(flag, text),
          e);
    }
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new ConfigurationException(problem);
    }
  }
}
