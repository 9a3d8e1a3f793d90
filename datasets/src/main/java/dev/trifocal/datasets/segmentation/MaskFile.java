package dev.trifocal.datasets.segmentation;

import dev.trifocal.image.Image;
import java.nio.file.Path;

/** A mask in an image file. */
record MaskFile(Path file, MaskClasses classes) implements MaskSource {
  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public Image read() {
    StoredMask mask = StoredMask.read(file);
    return Image.of(mask.height(), mask.width(), 1, classes.decode(file, mask));
  }
}
