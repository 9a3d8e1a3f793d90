package dev.trifocal.apps.folder;

import dev.trifocal.random.RandomStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** A folder of small pictures, one folder per class: noise in the colour of a fruit. */
public record FruitFolder(Path folder) {
  public static final List<String> CLASSES = List.of("apple", "plum");

  private static final int SIDE = 24;
  private static final int NOISE = 90;

  /** As many pictures of each class, in {@code train}, {@code val} and {@code test}. */
  public static FruitFolder in(Path folder, int train, int validation, int test) {
    return new FruitFolder(folder).part("train", train).part("val", validation).part("test", test);
  }

  private FruitFolder part(String part, int count) {
    for (String name : CLASSES) {
      for (int i = 0; i < count; i++) {
        write(folder.resolve("%s/%s/%03d.png".formatted(part, name, i)), name);
      }
    }
    return this;
  }

  private static void write(Path file, String name) {
    RandomStream noise = RandomStream.of(1).at(file.getParent().getParent().getFileName() + name);
    RandomStream own = noise.at(file.getFileName().toString());
    BufferedImage image = new BufferedImage(SIDE, SIDE + 4, BufferedImage.TYPE_INT_RGB);
    int red = name.equals("apple") ? 150 : 80;
    for (int i = 0; i < SIDE * (SIDE + 4); i++) {
      int level = own.below(i, NOISE);
      image.setRGB(i % SIDE, i / SIDE, (red + level) << 16 | level << 8 | 230 - red + level / 2);
    }
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
