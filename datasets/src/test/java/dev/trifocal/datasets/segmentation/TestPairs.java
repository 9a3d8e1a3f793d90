package dev.trifocal.datasets.segmentation;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes images and masks below a folder. */
record TestPairs(Path root) {
  static final int HEIGHT = 6;
  static final int WIDTH = 8;

  /** Writes a white image. */
  TestPairs image(String path) {
    return image(path, HEIGHT, WIDTH);
  }

  TestPairs image(String path, int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < height * width; i++) {
      image.setRGB(i % width, i / width, 0xFFFFFF);
    }
    return write(path, image);
  }

  /** Writes a gray mask whose columns have these values; the last one fills the rest. */
  TestPairs mask(String path, int... values) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < HEIGHT * WIDTH; i++) {
      image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, at(i % WIDTH, values));
    }
    return write(path, image);
  }

  /** Writes a mask in colours, 0xRRGGBB, by column. */
  TestPairs colours(String path, int... values) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < HEIGHT * WIDTH; i++) {
      image.setRGB(i % WIDTH, i / WIDTH, at(i % WIDTH, values));
    }
    return write(path, image);
  }

  /** Writes a mask with palette indices by column, in the colours of a palette of bytes. */
  TestPairs palette(String path, int[] colours, int... values) {
    byte[] red = new byte[colours.length];
    byte[] green = new byte[colours.length];
    byte[] blue = new byte[colours.length];
    for (int i = 0; i < colours.length; i++) {
      red[i] = (byte) (colours[i] >> 16);
      green[i] = (byte) (colours[i] >> 8);
      blue[i] = (byte) colours[i];
    }
    IndexColorModel model = new IndexColorModel(8, colours.length, red, green, blue);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, model);
    for (int i = 0; i < HEIGHT * WIDTH; i++) {
      image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, at(i % WIDTH, values));
    }
    return write(path, image);
  }

  TestPairs text(String path, String... lines) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
      return this;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int at(int column, int... values) {
    return values[Math.min(column, values.length - 1)];
  }

  private TestPairs write(String path, BufferedImage image) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      String ending = path.substring(path.lastIndexOf('.') + 1);
      ImageIO.write(image, ending, file.toFile());
      return this;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
