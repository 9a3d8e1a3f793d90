package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;

/**
 * Brightness, contrast, saturation and hue are changed, in random order: torchvision's {@code
 * ColorJitter}. Each factor is drawn from {@code [max(0, 1 - x), 1 + x]}.
 *
 * @param brightness 0 or more
 * @param contrast 0 or more
 * @param saturation 0 or more
 * @param hue share of the circle of colours, to either side, within [0, 0.5]
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue)
    implements RandomTransform {
  /** The word for it. */
  public static final String NAME = "jitter";

  /** By a fifth, hues as they are. */
  public static final ColorJitter STANDARD = of(0.2);

  private static final int KINDS = 4;

  public ColorJitter {
    AugmentationStrength.NATURAL.require(NAME, brightness);
    AugmentationStrength.NATURAL.require(NAME, contrast);
    AugmentationStrength.NATURAL.require(NAME, saturation);
    AugmentationStrength.HALF.require("hue of " + NAME, hue);
  }

  /** Brightness, contrast and saturation alike, hues as they are. */
  public static ColorJitter of(double amount) {
    return new ColorJitter(amount, amount, amount, 0);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Image apply(Image image, RandomStream stream) {
    Image result = image;
    for (int kind : stream.at("order").permutation(KINDS)) {
      result = change(result, kind, stream);
    }
    return result;
  }

  private Image change(Image image, int kind, RandomStream stream) {
    return switch (kind) {
      case 0 -> Colors.brightness(image, factor(stream, kind, brightness));
      case 1 -> Colors.contrast(image, factor(stream, kind, contrast));
      case 2 -> Colors.saturation(image, factor(stream, kind, saturation));
      default -> hue == 0 ? image : Colors.hue(image, stream.uniform(kind, -hue, hue));
    };
  }

  private static double factor(RandomStream stream, int kind, double amount) {
    return stream.uniform(kind, Math.max(0, 1 - amount), 1 + amount);
  }
}
