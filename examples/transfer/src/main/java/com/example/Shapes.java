package com.example;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** A folder of images that needs no download: circles, squares and triangles. */
final class Shapes {
  static final List<String> CLASSES = List.of("circle", "square", "triangle");

  private static final int IMAGES_PER_CLASS = 60;

  private Shapes() {}

  /** Writes {@code <folder>/<class>/<number>.png} and returns the folder. */
  static Path draw(Path folder) {
    Random random = new Random(42);
    for (String name : CLASSES) {
      for (int i = 0; i < IMAGES_PER_CLASS; i++) {
        write(image(name, random), folder.resolve(name).resolve(i + ".png"));
      }
    }
    return folder;
  }

  static BufferedImage image(String name, Random random) {
    int size = 64;
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.rotate(random.nextDouble() * 0.4 - 0.2, size / 2.0, size / 2.0);
    graphics.setColor(Color.WHITE);
    int side = 24 + random.nextInt(16);
    graphics.setStroke(new BasicStroke(4));
    graphics.draw(shape(name, 8 + random.nextInt(12), 8 + random.nextInt(12), side));
    graphics.dispose();
    return image;
  }

  private static Shape shape(String name, int x, int y, int side) {
    return switch (name) {
      case "circle" -> new Ellipse2D.Double(x, y, side, side);
      case "square" -> new Rectangle2D.Double(x, y, side, side);
      default ->
          new Polygon(new int[] {x, x + side, x + side / 2}, new int[] {y + side, y + side, y}, 3);
    };
  }

  private static void write(BufferedImage image, Path file) {
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
