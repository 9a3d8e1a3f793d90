package dev.trifocal.apps.command;

import dev.trifocal.config.PreprocessingSettings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.image.Preprocessing;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Flags that say how pictures are prepared: {@code (p / scale - mean) / std}. */
@OptionSection("Preparation of images")
public final class PreprocessingFlags {
  @Option(
      names = "--preprocessing",
      paramLabel = "NAME",
      description =
          "How pictures are prepared: torchvision (ImageNet's mean and std), caffe (BGR, mean"
              + " taken off), symmetric ([-1, 1]), which cut the middle out, or unit ([0, 1]), which"
              + " stretches. Default: what the model says.")
  private Optional<PreprocessingSettings.Usual> named = Optional.empty();

  @Option(
      names = "--mean",
      paramLabel = "X[,X,X]",
      description = "Taken off a scaled value, one for all channels or one for each.")
  private Optional<String> mean = Optional.empty();

  @Option(
      names = "--std",
      paramLabel = "X[,X,X]",
      description = "What a value is divided by at last, one for all channels or one for each.")
  private Optional<String> std = Optional.empty();

  /** The name of {@code --std} in earlier versions. */
  @Option(names = "--deviation", hidden = true)
  private Optional<String> deviation = Optional.empty();

  @Option(
      names = "--scale",
      paramLabel = "X",
      description = "What a value from 0 to 255 is divided by first: 255 or 1.")
  private Optional<Double> scale = Optional.empty();

  @Option(names = "--order", paramLabel = "ORDER", description = "Of the colours: rgb or bgr.")
  private Optional<Preprocessing.Order> order = Optional.empty();

  @Option(
      names = "--shorter-side",
      paramLabel = "N",
      description = "Scale the shorter side to so many pixels and cut the middle out; 0: stretch.")
  private Optional<Integer> shorterSide = Optional.empty();

  /**
   * @throws ConfigurationException if a number is none, or cannot be meant
   */
  PreprocessingSettings choice() {
    shorterSide.ifPresent(side -> require(side >= 0, "--shorter-side must not be negative"));
    scale.ifPresent(value -> require(value > 0, "--scale must be positive, but is " + value));
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
    return values;
  }

  private static List<Double> numbers(String flag, String text) {
    try {
      List<Double> values =
          Arrays.stream(text.split(",")).map(word -> Double.valueOf(word.strip())).toList();
      require(
          values.size() == 1 || values.size() == 3,
          "%s must be one number or three, but is '%s'".formatted(flag, text));
      return values;
    } catch (NumberFormatException e) {
      throw new ConfigurationException(
          "%s must be one number or three, but is '%s'".formatted(flag, text), e);
    }
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new ConfigurationException(problem);
    }
  }
}
