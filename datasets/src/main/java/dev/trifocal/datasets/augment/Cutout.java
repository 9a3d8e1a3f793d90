package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;
import java.util.Arrays;

/**
 * A square is painted over with middle gray (DeVries and Taylor, "Improved Regularization of
 * Convolutional Neural Networks with Cutout", 2017). Its middle may be anywhere, so part of it may
 * be outside.
 *
 * @param size of its side, by the shorter side of the picture, within (0, 1]
 */
public record Cutout(double size) implements RandomTransform {
  /** The word for it. */
  public static final String NAME = "cutout";

  /** A quarter. */
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
    int height = image.height();
    int width = image.width();
    int side = (int) Math.rint(size * Math.min(height, width));
    int top = stream.below(0, height) - side / 2;
    int left = stream.below(1, width) - side / 2;
    byte[] values = image.toBytes();
    for (int y = Math.max(0, top); y < Math.min(height, top + side); y++) {
      int from = (y * width + Math.max(0, left)) * image.channels();
      int to = (y * width + Math.min(width, left + side)) * image.channels();
      Arrays.fill(values, from, to, GRAY);
    }
    return Image.of(height, width, image.channels(), values);
  }
}
