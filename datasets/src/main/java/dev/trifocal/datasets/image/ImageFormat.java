package dev.trifocal.datasets.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.trifocal.file.FileContent;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** The supported formats of image files, recognised by their first bytes. */
enum ImageFormat {
  JPEG("\u00FF\u00D8\u00FF"),
  PNG("\u0089PNG\r\n\u001A\n"),
  GIF("GIF8"),
  BMP("BM"),
  TIFF("II*\0", "MM\0*"),
  WEBP("RIFF????WEBP");

  /** The names of the formats, for messages. */
  static final String NAMES = "PNG, JPEG, GIF, BMP, TIFF or WebP";

  private final List<String> starts;

  ImageFormat(String... starts) {
    this.starts = List.of(starts);
  }

  static Optional<ImageFormat> of(byte[] bytes) {
    return Arrays.stream(values())
        .filter(
            format -> format.starts.stream().anyMatch(start -> FileContent.begins(bytes, start)))
        .findFirst();
  }

  /**
   * Returns a reader. Readers of the plug-in are created directly, because Java's registry only
   * finds those visible to the class loader of the thread that uses it first.
   */
  ImageReader reader() throws IOException {
    return switch (this) {
      case TIFF -> new TIFFImageReaderSpi().createReaderInstance();
      case WEBP -> new WebPImageReaderSpi().createReaderInstance();
      default -> ImageIO.getImageReadersByFormatName(name()).next();
    };
  }

  /** Returns the orientation in the file; for JPEG, {@link JpegSegments} reads it. */
  Orientation orientation(byte[] file) {
    return switch (this) {
      case PNG -> PngOrientation.of(file);
      case TIFF -> Exif.orientation(file, 0, file.length);
      case WEBP -> WebpChunks.orientation(file);
      default -> Orientation.UPRIGHT;
    };
  }
}
