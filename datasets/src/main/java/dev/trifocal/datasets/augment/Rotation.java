package dev.trifocal.datasets.augment;

import dev.trifocal.picture.Picture;
import dev.trifocal.random.RandomStream;

/**
 * Turned about the middle, bilinear, corners black: torchvision's {@code RandomRotation}.
 *
 * @param degrees at most, to either side, within [0, 180]
 */
public record Rotation(double degrees) implements Change {
  /** The word for it. */
  public static final String NAME = "rotate";

  /** By up to 15 degrees. */
  public static final Rotation STANDARD = new Rotation(15);

  public Rotation {
    Amount.ANGLE.require(NAME, degrees);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Picture apply(Picture picture, RandomStream stream) {
    double angle = stream.uniform(0, -degrees, degrees);
    return AffineMap.rotation(angle, picture.height(), picture.width()).apply(picture);
  }
}
