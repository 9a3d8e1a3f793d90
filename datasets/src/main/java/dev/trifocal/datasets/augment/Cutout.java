package dev.trifocal.datasets.augment;

import dev.trifocal.picture.Picture;
import dev.trifocal.random.RandomStream;
import java.util.Arrays;

/**
 * A square is painted over with middle gray (DeVries and Taylor, "Improved Regularization of
 * Convolutional Neural Networks with Cutout", 2017). Its middle may be anywhere, so part of it may
 * be outside.
 *
 * @param size of its side, by the shorter side of the picture, within (0, 1]
 */
public record Cutout(double size) implements Change {
  /** The word for it. */
  public static final String NAME = "cutout";

  /** A quarter. */
  public static final Cutout STANDARD = new Cutout(0.25);

  private static final byte GRAY = (byte) 128;

  public Cutout {
    Amount.PART.require(NAME, size);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Picture apply(Picture picture, RandomStream stream) {
    int height = picture.height();
    int width = picture.width();
    int side = (int) Math.rint(size * Math.min(height, width));
    int top = stream.below(0, height) - side / 2;
    int left = stream.below(1, width) - side / 2;
    byte[] values = picture.toBytes();
    for (int y = Math.max(0, top); y < Math.min(height, top + side); y++) {
      int from = (y * width + Math.max(0, left)) * picture.channels();
      int to = (y * width + Math.min(width, left + side)) * picture.channels();
      Arrays.fill(values, from, to, GRAY);
    }
    return Picture.of(height, width, picture.channels(), values);
  }
}
