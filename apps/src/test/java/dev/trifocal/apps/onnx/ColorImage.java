package dev.trifocal.apps.onnx;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * An image of one color.
 *
 * @param color name of the color
 * @param rgb 8 bits each of red, green and blue
 */
record ColorImage(String color, int rgb) {
  static final List<ColorImage> TRAINING =
      IntStream.range(0, 6)
          .boxed()
          .flatMap(i -> List.of(of("blue", 8 * i), of("red", 8 * i)).stream())
          .toList();
  static final List<ColorImage> VALIDATION = List.of(of("blue", 60), of("red", 60));

  /** Images of the colors that only {@link ScoreEnd#SIGMOIDS} knows. */
  static final List<ColorImage> OTHERS =
      List.of(
          new ColorImage("green", 0x20C040),
          new ColorImage("black", 0x080808),
          new ColorImage("white", 0xF0F0F0));

  private static ColorImage of(String color, int change) {
    return new ColorImage(color, (color.equals("red") ? 0xC03020 : 0x2040C0) + change);
  }

  /** Returns blue and red in [0, 1]. */
  double[] channels() {
    return new double[] {(rgb & 0xFF) / 255.0, (rgb >> 16) / 255.0};
  }

  /** Returns the folder of the color and the name of the file. */
  String path() {
    return "%s/%06x.png".formatted(color, rgb);
  }

  void write(Path folder) {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < 16; pixel++) {
      image.setRGB(pixel % 4, pixel / 4, rgb);
    }
    Path file = folder.resolve(path());
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
