package dev.trifocal.datasets.inspect;

import dev.trifocal.datasets.folder.LabelledFile;
import dev.trifocal.file.Digest;
import dev.trifocal.image.Image;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The facts about one image file.
 *
 * @param part the split: train, validation or test
 * @param labels the class ids
 * @param format the format by its extension, such as {@code jpeg}
 * @param digest the digest of its bytes
 */
public record ImageFacts(
    String part,
    Path file,
    List<Integer> labels,
    int height,
    int width,
    String format,
    String digest,
    PerceptualHash hash) {
  public ImageFacts {
    labels = List.copyOf(labels);
  }

  /**
   * Collects the facts.
   *
   * @throws dev.trifocal.error.FileException if the file can no longer be read
   */
  static ImageFacts of(String part, LabelledFile labelled, Image image) {
    Path file = labelled.file();
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return new ImageFacts(
        part,
        file,
        labelled.labels(),
        image.height(),
        image.width(),
        switch (ending) {
          case "jpg", "jpe", "jfif" -> "jpeg";
          case "tif" -> "tiff";
          case "dib" -> "bmp";
          default -> ending;
        },
        Digest.sha256Of(file).text(),
        PerceptualHash.of(image));
  }

  /** Returns the area, in pixels. */
  long area() {
    return (long) height * width;
  }
}
