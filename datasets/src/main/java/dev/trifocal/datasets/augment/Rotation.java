package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;

/**
 * Randomly rotates images about the centre, with bilinear interpolation and black corners:
 * torchvision's {@code RandomRotation}.
 *
 * @param degrees the largest angle in either direction, in degrees, within [0, 180]
 */
public record Rotation(double degrees) implements RandomTransform {
  /** The name of this augmentation. */
  public static final String NAME = "rotate";

  /** Rotates by up to 15 degrees. */
  public static final Rotation STANDARD = new Rotation(15);

  public Rotation {
    AugmentationStrength.ANGLE.require(NAME, degrees);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Image apply(Image image, RandomStream stream) {
    return map(image, stream).apply(image);
  }

  @Override
  public Image applyToMask(Image mask, int uncovered, RandomStream stream) {
    return map(mask, stream).applyNearest(mask, uncovered);
  }

  private AffineMap map(Image image, RandomStream stream) {
    double angle = stream.uniform(0, -degrees, degrees);
    return AffineMap.rotation(angle, image.height(), image.width());
  }
}
