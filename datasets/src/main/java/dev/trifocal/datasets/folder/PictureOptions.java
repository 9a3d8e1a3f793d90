package dev.trifocal.datasets.folder;

import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.picture.Preparation;

/**
 * How files become samples.
 *
 * @param preparation of every picture
 * @param augmentation of training pictures
 * @param caching where decoded pictures are kept; it changes how long things take, nothing else
 */
public record PictureOptions(Preparation preparation, Augmentation augmentation, Caching caching) {
  /** Without augmentation, kept in memory. */
  public static PictureOptions of(Preparation preparation) {
    return new PictureOptions(preparation, Augmentation.NONE, Caching.memory());
  }

  /** The same with training pictures augmented. */
  public PictureOptions augmentation(Augmentation other) {
    return new PictureOptions(preparation, other, caching);
  }
}
