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
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Reads image files and Java's images, and writes PNG. */
public final class ImageFile {
  private ImageFile() {}

  /**
   * Reads a file as an upright RGB image, without colour management: equivalent to Pillow's {@code
   * convert("RGB")}, rotated according to EXIF. Transparent pixels become white.
   *
   * @throws FileException if the file cannot be read, is not PNG, JPEG, GIF, BMP, TIFF or WebP, is
   *     damaged or truncated, or claims more than 178,956,970 pixels, or more than its bytes can
   *     hold
   */
  public static Image read(Path file) {
    try {
      return new ImageDecoder(file.toString(), Files.readAllBytes(file)).decode();
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  /**
   * Reads the samples of a file as they are stored: gray levels, palette indices or colours. Masks,
   * whose values are class ids, are read in this way.
   *
   * @throws FileException if the file cannot be read, is not PNG, GIF, BMP or TIFF, is damaged or
   *     truncated, or claims more pixels than {@link #read} takes
   */
  public static BufferedImage stored(Path file) {
    try {
      return new ImageDecoder(file.toString(), Files.readAllBytes(file)).stored();
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  /**
   * Converts a Java image of any type to RGB. Transparent pixels become white; gray and RGB values
   * are kept, other colour spaces are converted to sRGB.
   */
  public static Image image(BufferedImage image) {
    return RasterSamples.image(image);
  }

  /** Encodes an image as PNG. */
  public static byte[] png(Image image) {
    return encoded(BufferedImages.of(image), "png");
  }

  /**
   * Encodes a Java image in a format that ImageIO can write, such as {@code png} or {@code jpeg}.
   * No temporary file is needed, unlike with {@link ImageIO} and a plain stream.
   */
  public static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(result)) {
      ImageIO.write(image, format, stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result.toByteArray();
  }
}
