package dev.trifocal.datasets.augment;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.image.CropBox;
import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;

/**
 * Crops a part of random size, aspect ratio and position and resizes it to the network's input:
 * torchvision's {@code RandomResizedCrop}, the usual augmentation for ImageNet (Szegedy et al.,
 * "Going deeper with convolutions", 2015).
 *
 * @param smallest the minimum area as a fraction of the image's, within (0, 1]
 * @param largest the maximum area as a fraction of the image's, within (0, 1]
 * @param narrowest the minimum ratio of width to height
 * @param widest the maximum ratio of width to height
 */
public record RandomResizedCrop(double smallest, double largest, double narrowest, double widest) {
  /** The name of this augmentation. */
  public static final String NAME = "crop";

  private static final double SMALLEST = 0.08;
  private static final double NARROWEST = 3 / 4.0;
  private static final double WIDEST = 4 / 3.0;
  private static final int ATTEMPTS = 10;

  /** The crop with torchvision's defaults. */
  public static final RandomResizedCrop STANDARD = atLeast(SMALLEST);

  /**
   * Creates a crop.
   *
   * @throws ConfigurationException if a value is out of range
   */
  public RandomResizedCrop {
    AugmentationStrength.PART.require(NAME, smallest);
    AugmentationStrength.PART.require(NAME, largest);
    AugmentationStrength.POSITIVE.require(NAME, narrowest);
    if (smallest > largest || !(narrowest <= widest)) {
      throw new ConfigurationException(
          "%s needs ascending ranges, but they are %s to %s and %s to %s"
              .formatted(NAME, smallest, largest, narrowest, widest));
    }
  }

  /** Returns torchvision's crop with another minimum area. */
  public static RandomResizedCrop atLeast(double share) {
    return new RandomResizedCrop(share, 1, NARROWEST, WIDEST);
  }

  /**
   * Crops an image, as a pure function of image and stream.
   *
   * @param sample the shape of the result, {@code [C, H, W]}
   */
  Image apply(Image image, Shape sample, RandomStream stream) {
    return image
        .crop(box(image.height(), image.width(), stream))
        .resize(sample.size(1), sample.size(2));
  }

  /** Crops class ids, a gray image, as {@link #apply} crops their image, to the nearest pixels. */
  Image applyToMask(Image mask, Shape sample, RandomStream stream) {
    int height = sample.size(1);
    int width = sample.size(2);
    return mask.crop(box(mask.height(), mask.width(), stream))
        .resizeNearest(height, width, new CropBox(0, 0, height, width));
  }

  /** Draws the part to crop. */
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

  /** Returns the largest centred part with an allowed aspect ratio. */
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
