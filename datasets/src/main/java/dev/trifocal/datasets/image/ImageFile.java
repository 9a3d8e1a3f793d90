package dev.trifocal.datasets.image;

import dev.trifocal.error.FileException;
import dev.trifocal.file.FileFailure;
import dev.trifocal.image.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Reads picture files and Java's images, and writes PNG. */
public final class ImageFile {
  private ImageFile() {}

  /**
   * In colour, upright, without colour management: what Pillow's {@code convert("RGB")} gives,
   * turned as EXIF says. What is transparent shows white, as on paper.
   *
   * @throws FileException if the file cannot be read, is no PNG, JPEG, GIF, BMP, TIFF or WebP, is
   *     damaged, ends early, or claims more than 178,956,970 pixels
   */
  public static Image read(Path file) {
    try {
      return new EncodedImage(file.toString(), Files.readAllBytes(file)).decode();
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  /**
   * An image of Java's, whatever its type: in colour, and what is transparent shows white. Gray and
   * RGB are taken as they are; other colour spaces are converted to sRGB.
   */
  public static Image image(BufferedImage image) {
    return RasterSamples.image(image);
  }

  /** The bytes of a PNG file. */
  public static byte[] png(Image image) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    try {
      ImageIO.write(BufferedImages.of(image), "png", result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result.toByteArray();
  }
}
