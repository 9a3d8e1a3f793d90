package dev.trifocal.datasets;

import java.nio.file.Path;

/** The name of a folder, however its path is written. */
record FolderName(Path folder) {
  @Override
  public String toString() {
    Path whole = folder.toAbsolutePath().normalize();
    return (whole.getNameCount() == 0 ? whole : whole.getFileName()).toString();
  }
}
