package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;

/**
 * Randomly magnifies or shrinks images about the centre, with black margins: {@code scale} of
 * torchvision's {@code RandomAffine}, with factors whose logarithm is uniform.
 *
 * @param amount the largest factor less 1, above 0; 0.25 gives factors from 0.8 to 1.25
 */
public record Scaling(double amount) implements RandomTransform {
  /** The name of this augmentation. */
  public static final String NAME = "scale";

  /** Scales by factors from 0.8 to 1.25. */
  public static final Scaling STANDARD = new Scaling(0.25);

  public Scaling {
    AugmentationStrength.POSITIVE.require(NAME, amount);
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
    double most = StrictMath.log(1 + amount);
    double factor = StrictMath.exp(stream.uniform(0, -most, most));
    return AffineMap.scaling(factor, image.height(), image.width());
  }
}
