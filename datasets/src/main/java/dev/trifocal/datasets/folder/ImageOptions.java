package dev.trifocal.datasets.folder;

import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.image.ImagePreprocessor;

/**
 * The options for reading images as samples.
 *
 * @param preprocessor the preprocessor of all images
 * @param augmentation the augmentation of training images
 * @param caching where decoded images are cached; affects only speed
 */
public record ImageOptions(
    ImagePreprocessor preprocessor, Augmentation augmentation, Caching caching) {
  /** Returns options without augmentation, with caching in memory. */
  public static ImageOptions of(ImagePreprocessor preprocessor) {
    return new ImageOptions(preprocessor, Augmentation.NONE, Caching.memory());
  }

  /** Returns these options with another augmentation. */
  public ImageOptions augmentation(Augmentation other) {
    return new ImageOptions(preprocessor, other, caching);
  }
}
