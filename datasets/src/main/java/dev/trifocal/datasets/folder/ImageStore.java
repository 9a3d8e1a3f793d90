package dev.trifocal.datasets.folder;

import dev.trifocal.image.Image;

/** Decoded images by index. Implementations are thread-safe. */
@FunctionalInterface
public interface ImageStore {
  /**
   * Returns an image.
   *
   * @throws dev.trifocal.error.FileException if its file can no longer be read
   */
  Image at(int index);
}
