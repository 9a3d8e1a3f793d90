package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;

/**
 * Moved by whole pixels, what is bared is black: {@code translate} of torchvision's {@code
 * RandomAffine}.
 *
 * @param share of the width and of the height, at most, to either side, within [0, 1]
 */
public record Translation(double share) implements RandomTransform {
  /** The word for it. */
  public static final String NAME = "translate";

  /** By up to a tenth. */
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
    double most = share * image.width();
    int right = (int) Math.rint(stream.uniform(0, -most, most));
    double farthest = share * image.height();
    int down = (int) Math.rint(stream.uniform(1, -farthest, farthest));
    return AffineMap.translation(right, down).apply(image);
  }
}
