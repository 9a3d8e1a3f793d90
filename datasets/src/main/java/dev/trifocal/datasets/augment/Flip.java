package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;

/**
 * Left and right change places: torchvision's {@code RandomHorizontalFlip}.
 *
 * @param probability within [0, 1]
 */
public record Flip(double probability) implements RandomTransform {
  /** The word for it. */
  public static final String NAME = "flip";

  /** Every other picture. */
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
}
