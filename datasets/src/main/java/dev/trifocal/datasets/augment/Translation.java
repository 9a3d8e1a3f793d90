package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;

/**
 * Randomly shifts images by whole pixels and fills with black: {@code translate} of torchvision's
 * {@code RandomAffine}.
 *
 * @param share the largest shift in either direction as a fraction of width and height, within [0,
 *     1]
 */
public record Translation(double share) implements RandomTransform {
  /** The name of this augmentation. */
  public static final String NAME = "translate";

  /** Shifts by up to a tenth of the size. */
  public static final Translation STANDARD = new Translation(0.1);

  public Translation {
    AugmentationStrength.SHARE.require(NAME, share);
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
    double most = share * image.width();
    int right = (int) Math.rint(stream.uniform(0, -most, most));
    double farthest = share * image.height();
    int down = (int) Math.rint(stream.uniform(1, -farthest, farthest));
    return AffineMap.translation(right, down);
  }
}
