package dev.trifocal.datasets.folder;

import java.nio.file.Path;
import java.util.List;

/** Finds image files by their extensions. */
public final class ImageFiles {
  private ImageFiles() {}

  /**
   * Returns all images below a folder, at any depth, sorted and without hidden files.
   *
   * @throws dev.trifocal.error.FileException if a folder cannot be read
   */
  public static List<Path> below(Path folder) {
    return ImageFileWalk.below(folder).images();
  }
}
