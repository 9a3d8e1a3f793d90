package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;
import java.util.Arrays;

/**
 * Covers a random square with mid-gray (DeVries and Taylor, "Improved Regularization of
 * Convolutional Neural Networks with Cutout", 2017). Its centre may be anywhere in the image, so
 * part of the square may be outside.
 *
 * @param size the side of the square as a fraction of the image's shorter side, within (0, 1]
 */
public record Cutout(double size) implements RandomTransform {
  /** The name of this augmentation. */
  public static final String NAME = "cutout";

  /** A square of a quarter of the shorter side. */
  public static final Cutout STANDARD = new Cutout(0.25);

  private static final byte GRAY = (byte) 128;

  public Cutout {
    AugmentationStrength.PART.require(NAME, size);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Image apply(Image image, RandomStream stream) {
    return covered(image, GRAY, stream);
  }

  @Override
  public Image applyToMask(Image mask, int uncovered, RandomStream stream) {
    return covered(mask, (byte) uncovered, stream);
  }

  private Image covered(Image image, byte value, RandomStream stream) {
    int height = image.height();
    int width = image.width();
    int side = (int) Math.rint(size * Math.min(height, width));
    int top = stream.below(0, height) - side / 2;
    int left = stream.below(1, width) - side / 2;
    byte[] values = image.toBytes();
    for (int y = Math.max(0, top); y < Math.min(height, top + side); y++) {
      int from = (y * width + Math.max(0, left)) * image.channels();
      int to = (y * width + Math.min(width, left + side)) * image.channels();
      Arrays.fill(values, from, to, value);
    }
    return Image.of(height, width, image.channels(), values);
  }
}
