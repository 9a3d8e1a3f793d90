package dev.trifocal.datasets.augment;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.image.CropBox;
import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;

/**
 * A part of random size, proportions and place, scaled to what the network reads: torchvision's
 * {@code RandomResizedCrop}, which is how the networks of ImageNet are trained (Szegedy et al.,
 * "Going deeper with convolutions", 2015).
 *
 * @param smallest share of the picture's area, within (0, 1]
 * @param largest share of the picture's area, within (0, 1]
 * @param narrowest width by height
 * @param widest width by height
 */
public record RandomResizedCrop(double smallest, double largest, double narrowest, double widest) {
  /** The word for it. */
  public static final String NAME = "crop";

  private static final double SMALLEST = 0.08;
  private static final double NARROWEST = 3 / 4.0;
  private static final double WIDEST = 4 / 3.0;
  private static final int ATTEMPTS = 10;

  /** With torchvision's defaults. */
  public static final RandomResizedCrop STANDARD = atLeast(SMALLEST);

  /**
   * @throws ConfigurationException if a number cannot be meant
   */
  public RandomResizedCrop {
    AugmentationStrength.PART.require(NAME, smallest);
    AugmentationStrength.PART.require(NAME, largest);
    AugmentationStrength.POSITIVE.require(NAME, narrowest);
    if (smallest > largest || !(narrowest <= widest)) {
      throw new ConfigurationException(
          "%s needs ranges that rise, but they are %s to %s and %s to %s"
              .formatted(NAME, smallest, largest, narrowest, widest));
    }
  }

  /** Torchvision's, with parts of at least such a share of the picture. */
  public static RandomResizedCrop atLeast(double share) {
    return new RandomResizedCrop(share, 1, NARROWEST, WIDEST);
  }

  /**
   * A pure function of the picture and the stream.
   *
   * @param sample {@code [C, H, W]}
   */
  Image apply(Image image, Shape sample, RandomStream stream) {
    return image
        .crop(box(image.height(), image.width(), stream))
        .resize(sample.size(1), sample.size(2));
  }

  /** The part that is cut out. */
  CropBox box(int height, int width, RandomStream stream) {
    double area = (double) height * width;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      RandomStream draw = stream.at(attempt);
      double part = area * draw.uniform(0, smallest, largest);
      double ratio =
          StrictMath.exp(
              draw.uniform(1, StrictMath.log(narrowest), StrictMath.log(Math.nextUp(widest))));
      int w = (int) Math.rint(Math.sqrt(part * ratio));
      int h = (int) Math.rint(Math.sqrt(part / ratio));
      if (w > 0 && w <= width && h > 0 && h <= height) {
        return new CropBox(draw.below(2, height - h + 1), draw.below(3, width - w + 1), h, w);
      }
    }
    return middle(height, width);
  }

  /** The largest part in the middle whose proportions are allowed. */
  CropBox middle(int height, int width) {
    double ratio = (double) width / height;
    int w = width;
    int h = height;
    if (ratio < narrowest) {
      h = Math.min(height, (int) Math.rint(width / narrowest));
    } else if (ratio > widest) {
      w = Math.min(width, (int) Math.rint(height * widest));
    }
    return new CropBox((height - h) / 2, (width - w) / 2, h, w);
  }
}
