package dev.trifocal.datasets.folder;

import dev.trifocal.image.Image;

/** Decoded pictures by index. Safe to read from several threads at once. */
@FunctionalInterface
interface ImageStore {
  /**
   * @throws dev.trifocal.error.FileException if its file can no longer be read
   */
  Image at(int index);
}
