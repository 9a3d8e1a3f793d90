package dev.trifocal.datasets.folder;

import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.image.ImagePreprocessor;

/**
 * How files become samples.
 *
 * @param preprocessor of every picture
 * @param augmentation of training pictures
 * @param caching where decoded pictures are kept; it changes how long things take, nothing else
 */
public record ImageOptions(
    ImagePreprocessor preprocessor, Augmentation augmentation, Caching caching) {
  /** Without augmentation, kept in memory. */
  public static ImageOptions of(ImagePreprocessor preprocessor) {
    return new ImageOptions(preprocessor, Augmentation.NONE, Caching.memory());
  }

  /** The same with training pictures augmented. */
  public ImageOptions augmentation(Augmentation other) {
    return new ImageOptions(preprocessor, other, caching);
  }
}
