package dev.trifocal.apps.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures of one colour with some noise: a task that every network learns at once. */
record ColorFolder(Path folder) {
  static final int RED = 0xC03020;
  static final int BLUE = 0x2040C0;

  /** So many PNG files of 24x20 pixels. */
  ColorFolder add(String place, int color, int count) {
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(20, 24, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 480; pixel++) {
        int noise = (pixel * 7919 + i * 104729) % 32;
        image.setRGB(pixel % 20, pixel / 20, color + noise * 0x010101);
      }
      write("%s/%02d.png".formatted(place, i), image);
    }
    return this;
  }

  ColorFolder text(String file) {
    try {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), "I am no picture");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private void write(String file, BufferedImage image) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      ImageIO.write(image, "png", path.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
