package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;

/**
 * Randomly flips images horizontally: torchvision's {@code RandomHorizontalFlip}.
 *
 * @param probability the probability of a flip, within [0, 1]
 */
public record Flip(double probability) implements RandomTransform {
  /** The name of this augmentation. */
  public static final String NAME = "flip";

  /** Flips with probability 0.5. */
  public static final Flip HALF = new Flip(0.5);

  public Flip {
    AugmentationStrength.SHARE.require(NAME, probability);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Image apply(Image image, RandomStream stream) {
    return stream.uniform(0, 0, 1) < probability ? image.flip() : image;
  }

  @Override
  public Image applyToMask(Image mask, int uncovered, RandomStream stream) {
    return apply(mask, stream);
  }
}
