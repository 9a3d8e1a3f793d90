package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;

/**
 * Randomly changes brightness, contrast, saturation and hue, in random order: torchvision's {@code
 * ColorJitter}. Each factor is drawn from {@code [max(0, 1 - x), 1 + x]}.
 *
 * @param brightness the range of the brightness factor, at least 0
 * @param contrast the range of the contrast factor, at least 0
 * @param saturation the range of the saturation factor, at least 0
 * @param hue the largest hue shift in either direction, as a fraction of the colour circle, within
 *     [0, 0.5]
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue)
    implements RandomTransform {
  /** The name of this augmentation. */
  public static final String NAME = "jitter";

  /** Changes by up to 20 %, without hue. */
  public static final ColorJitter STANDARD = of(0.2);

  private static final int KINDS = 4;

  public ColorJitter {
    AugmentationStrength.NATURAL.require(NAME, brightness);
    AugmentationStrength.NATURAL.require(NAME, contrast);
    AugmentationStrength.NATURAL.require(NAME, saturation);
    AugmentationStrength.HALF.require("hue of " + NAME, hue);
  }

  /** Returns a jitter with equal ranges for brightness, contrast and saturation, without hue. */
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
