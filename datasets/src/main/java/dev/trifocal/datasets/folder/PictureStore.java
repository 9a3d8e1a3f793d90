package dev.trifocal.datasets.folder;

import dev.trifocal.picture.Picture;

/** Decoded pictures by index. Safe to read from several threads at once. */
@FunctionalInterface
interface PictureStore {
  /**
   * @throws dev.trifocal.error.FileException if its file can no longer be read
   */
  Picture at(int index);
}
