package dev.trifocal.datasets.inspect;

import dev.trifocal.datasets.folder.LabelledFile;
import dev.trifocal.file.FileFailure;
import dev.trifocal.file.Sha256;
import dev.trifocal.image.Image;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What is known of one file.
 *
 * @param part of the folder: train, validation or test
 * @param label index of its class
 * @param format by its ending: {@code jpeg}
 * @param digest of its bytes
 */
public record ImageFacts(
    String part,
    Path file,
    int label,
    int height,
    int width,
    String format,
    String digest,
    PerceptualHash hash) {
  /**
   * @throws dev.trifocal.error.FileException if the file can no longer be read
   */
  static ImageFacts of(String part, LabelledFile labelled, Image image) {
    Path file = labelled.file();
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return new ImageFacts(
        part,
        file,
        labelled.label(),
        image.height(),
        image.width(),
        switch (ending) {
          case "jpg", "jpe", "jfif" -> "jpeg";
          case "tif" -> "tiff";
          case "dib" -> "bmp";
          default -> ending;
        },
        digest(file),
        PerceptualHash.of(image));
  }

  /** In pixels. */
  long area() {
    return (long) height * width;
  }

  private static String digest(Path file) {
    try {
      Sha256 sha = new Sha256();
      sha.add(ByteBuffer.wrap(Files.readAllBytes(file)));
      return sha.text();
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }
}
