package dev.trifocal.datasets.segmentation;

import dev.trifocal.image.Image;

/** Where the classes of an image's pixels come from. Implementations are thread-safe. */
public interface MaskSource {
  /** The class id of pixels that belong to no class. */
  int VOID = 255;

  /** Returns the name of the source for messages: its file. */
  String name();

  /**
   * Returns the class ids as a gray image, {@link #VOID} for pixels of no class.
   *
   * @throws dev.trifocal.error.FileException if the file can no longer be read
   * @throws dev.trifocal.error.DataException if a value or colour has no class
   */
  Image read();
}
