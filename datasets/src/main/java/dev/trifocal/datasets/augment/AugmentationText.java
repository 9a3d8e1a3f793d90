package dev.trifocal.datasets.augment;

import dev.trifocal.config.Suggestion;
import dev.trifocal.error.ConfigurationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * Parses augmentation as written in options and settings: {@code
 * flip,crop,rotate=15,jitter=0.2,mixup}. Transforms are applied in the given order, except that
 * {@code crop} comes first and {@code mixup} last.
 */
public final class AugmentationText {
  /** The name for no augmentation. */
  public static final String NONE = "none";

  /** The names of all augmentations. */
  public static final List<String> WORDS =
      List.of(
          RandomResizedCrop.NAME,
          Flip.NAME,
          Rotation.NAME,
          Translation.NAME,
          Scaling.NAME,
          ElasticDeformation.NAME,
          ColorJitter.NAME,
          Cutout.NAME,
          Mixup.NAME);

  private AugmentationText() {}

  /**
   * Parses a text.
   *
   * @throws ConfigurationException if a name or a parameter is invalid, or a name is specified
   *     twice
   */
  public static Augmentation parse(String text) {
    if (text.strip().equals(NONE)) {
      return Augmentation.NONE;
    }
    Optional<RandomResizedCrop> crop = Optional.empty();
    Optional<Mixup> mixup = Optional.empty();
    List<RandomTransform> changes = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String word = part.strip();
      String name = word.split("=", 2)[0].strip();
      if (name.equals(RandomResizedCrop.NAME)) {
        requireFirst(crop, name);
        crop = Optional.of(amount(word, RandomResizedCrop.STANDARD, RandomResizedCrop::atLeast));
      } else if (name.equals(Mixup.NAME)) {
        requireFirst(mixup, name);
        mixup = Optional.of(amount(word, Mixup.STANDARD, Mixup::new));
      } else {
        changes.add(change(name, word));
      }
    }
    return new Augmentation(crop, changes, mixup);
  }

  private static RandomTransform change(String name, String word) {
    return switch (name) {
      case Flip.NAME -> amount(word, Flip.HALF, Flip::new);
      case Rotation.NAME -> amount(word, Rotation.STANDARD, Rotation::new);
      case Translation.NAME -> amount(word, Translation.STANDARD, Translation::new);
      case Scaling.NAME -> amount(word, Scaling.STANDARD, Scaling::new);
      case ElasticDeformation.NAME ->
          amount(word, ElasticDeformation.STANDARD, ElasticDeformation::new);
      case Cutout.NAME -> amount(word, Cutout.STANDARD, Cutout::new);
      case ColorJitter.NAME ->
          word.contains("/") ? jitter(word) : amount(word, ColorJitter.STANDARD, ColorJitter::of);
      default ->
          throw new ConfigurationException(
              "'%s' is not an augmentation%s; expected a comma-separated list of %s, or %s"
                  .formatted(
                      name, Suggestion.didYouMean(name, WORDS), String.join(", ", WORDS), NONE));
    };
  }

  private static void requireFirst(Optional<?> before, String name) {
    if (before.isPresent()) {
      throw new ConfigurationException(
          name + " is specified twice; each augmentation may be used once");
    }
  }

  private static ColorJitter jitter(String word) {
    List<Double> x =
        Arrays.stream(amountText(word).split("/", -1)).map(n -> number(word, n)).toList();
    if (x.size() != 4) {
      throw new ConfigurationException(
          "'%s' must have one number, or four: brightness/contrast/saturation/hue".formatted(word));
    }
    return new ColorJitter(x.get(0), x.get(1), x.get(2), x.get(3));
  }

  private static <T> T amount(String word, T usual, DoubleFunction<T> maker) {
    return word.contains("=") ? maker.apply(number(word, amountText(word))) : usual;
  }

  private static String amountText(String word) {
    return word.substring(word.indexOf('=') + 1);
  }

  private static double number(String word, String amount) {
    try {
      return Double.parseDouble(amount.strip());
    } catch (NumberFormatException e) {
      throw new ConfigurationException("'%s' must have a number after =".formatted(word), e);
    }
  }
}
