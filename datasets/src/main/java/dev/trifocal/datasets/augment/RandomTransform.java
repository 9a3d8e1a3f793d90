package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;

/**
 * A random transform of an image that preserves its size and channels and should preserve its
 * class. Implement it for custom augmentations and pass it to {@link Augmentation#of}; use a
 * record, so that the provenance of a run includes its parameters.
 */
public interface RandomTransform {
  /**
   * Returns the unique name, such as {@code flip}, which also names the transform's random stream.
   */
  String name();

  /** Transforms an image, as a pure function of image and stream; must be thread-safe. */
  Image apply(Image image, RandomStream stream);

  /**
   * Moves the class ids of an image's pixels as {@link #apply} moves the pixels with this stream,
   * without new values. The default moves nothing, as is right for changes of colours; transforms
   * that move pixels must override it to be used in segmentation.
   *
   * @param mask class ids as a gray image
   * @param uncovered the id of pixels that show nothing of the image
   */
  default Image applyToMask(Image mask, int uncovered, RandomStream stream) {
    return mask;
  }
}
