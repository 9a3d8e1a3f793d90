package dev.trifocal.apps.report.training;

import dev.trifocal.datasets.folder.ImageDataset;
import dev.trifocal.image.Image;
import java.nio.file.Path;

/** Images of a folder, named by the last two parts of their paths: {@code bees/12.jpg}. */
record FileSampleDisplay(ImageDataset data) implements SampleDisplay {
  @Override
  public String name(int index) {
    Path file = data.file(index);
    return file.getParent().getFileName() + "/" + file.getFileName();
  }

  @Override
  public Image image(int index) {
    return data.image(index);
  }
}
