package dev.trifocal.datasets.folder;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A folder that tests fill with small pictures, no two of them alike. */
record TestImageFolder(Path root) {
  /** So many PNG files of 12x16 pixels, {@code 00.png} and on. */
  TestImageFolder images(String place, int count) {
    for (int i = 0; i < count; i++) {
      image("%s/%02d.png".formatted(place, i), 12, 16);
    }
    return this;
  }

  /** A picture in the format of its ending. */
  TestImageFolder image(String file, int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, file.hashCode() * 31 + y * 0x050309 + x * 0x0B0703);
      }
    }
    try {
      Path path = place(file);
      String format = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      if (!ImageIO.write(image, format.matches("jfif|jpe") ? "jpeg" : format, path.toFile())) {
        throw new IllegalArgumentException("no writer for " + file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  TestImageFolder text(String file, String text) {
    try {
      Files.writeString(place(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Leaves the first two thirds of a file. */
  TestImageFolder truncate(String file) {
    try {
      byte[] bytes = Files.readAllBytes(place(file));
      Files.write(place(file), Arrays.copyOf(bytes, bytes.length * 2 / 3));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  TestImageFolder empty(String folder) {
    try {
      Files.createDirectories(root.resolve(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** A link in the folder. */
  TestImageFolder link(String link, Path target) {
    try {
      Files.createSymbolicLink(place(link), target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private Path place(String file) throws IOException {
    Path path = root.resolve(file).normalize();
    Files.createDirectories(path.getParent());
    return path;
  }
}
