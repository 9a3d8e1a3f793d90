package dev.trifocal.apps.report.training;

import dev.trifocal.image.Image;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** Images of a folder, named by the last two parts of their paths: {@code bees/12.jpg}. */
record FileSampleDisplay(IntFunction<Path> files, IntFunction<Image> images)
    implements SampleDisplay {
  @Override
  public String name(int index) {
    Path file = files.apply(index);
    return file.getParent().getFileName() + "/" + file.getFileName();
  }

  @Override
  public Image image(int index) {
    return images.apply(index);
  }
}
