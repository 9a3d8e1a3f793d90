package dev.trifocal.apps.report.training;

import dev.trifocal.datasets.folder.ImageDataset;
import dev.trifocal.picture.Picture;
import java.nio.file.Path;

/** Pictures of a folder, under the last two parts of their paths: {@code bees/12.jpg}. */
record ShownFiles(ImageDataset data) implements Shown {
  @Override
  public String name(int index) {
    Path file = data.file(index);
    return file.getParent().getFileName() + "/" + file.getFileName();
  }

  @Override
  public Picture picture(int index) {
    return data.picture(index);
  }
}
