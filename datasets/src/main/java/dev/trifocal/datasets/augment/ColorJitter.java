package dev.trifocal.datasets.augment;

import dev.trifocal.picture.Picture;
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
    implements Change {
  /** The word for it. */
  public static final String NAME = "jitter";

  /** By a fifth, hues as they are. */
  public static final ColorJitter STANDARD = of(0.2);

  private static final int KINDS = 4;

  public ColorJitter {
    Amount.NATURAL.require(NAME, brightness);
    Amount.NATURAL.require(NAME, contrast);
    Amount.NATURAL.require(NAME, saturation);
    Amount.HALF.require("hue of " + NAME, hue);
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
  public Picture apply(Picture picture, RandomStream stream) {
    Picture result = picture;
    for (int kind : stream.at("order").permutation(KINDS)) {
      result = change(result, kind, stream);
    }
    return result;
  }

  private Picture change(Picture picture, int kind, RandomStream stream) {
    return switch (kind) {
      case 0 -> Colors.brightness(picture, factor(stream, kind, brightness));
      case 1 -> Colors.contrast(picture, factor(stream, kind, contrast));
      case 2 -> Colors.saturation(picture, factor(stream, kind, saturation));
      default -> hue == 0 ? picture : Colors.hue(picture, stream.uniform(kind, -hue, hue));
    };
  }

  private static double factor(RandomStream stream, int kind, double amount) {
    return stream.uniform(kind, Math.max(0, 1 - amount), 1 + amount);
  }
}
