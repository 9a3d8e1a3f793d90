package dev.trifocal.datasets.folder;

import java.nio.file.Path;
import java.util.List;

/** Finds the files that are pictures by their names. */
public final class ImageFiles {
  private ImageFiles() {}

  /**
   * All below a folder, at any depth, sorted; hidden ones are left out.
   *
   * @throws dev.trifocal.error.FileException if a folder cannot be read
   */
  public static List<Path> below(Path folder) {
    return ImageFileWalk.below(folder).images();
  }
}
