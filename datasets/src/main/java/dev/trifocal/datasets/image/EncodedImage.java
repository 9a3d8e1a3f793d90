package dev.trifocal.datasets.image;

import dev.trifocal.error.FileException;
import dev.trifocal.image.Image;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The content of an image file.
 *
 * @param name the name of the file, for messages
 * @param bytes the bytes of the file
 */
record EncodedImage(String name, byte[] bytes) {
  /** The largest number of pixels, as in Pillow; a tiny file may claim a size beyond memory. */
  private static final long MOST_PIXELS = 178_956_970;

  private static final int CMYK = 4;

  Image decode() {
    ImageFormat format =
        ImageFormat.of(bytes)
            .orElseThrow(
                () -> new FileException(name + " is not an image; expected PNG, JPEG, GIF or BMP"));
    ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    Image image = decode(format, reader);
    if (warnings.stream().anyMatch(EncodedImage::isOfAnEarlyEnd)) {
      throw endsEarly();
    }
    return image;
  }

  private FileException endsEarly() {
    return new FileException(name + ": cannot be read: the file is truncated; copy it again");
  }

  private Image decode(ImageFormat format, ImageReader reader) {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(stream, true, true);
      return format == ImageFormat.JPEG ? jpeg(reader) : other(reader);
    } catch (FileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Java's readers throw all kinds of runtime exceptions on damaged data.
      throw new FileException(
          "%s: cannot be read: its %s data is damaged; copy it again".formatted(name, format), e);
    } finally {
      reader.dispose();
    }
  }

  private Image jpeg(ImageReader reader) throws IOException {
    JpegSegments segments = JpegSegments.of(bytes);
    if (!segments.ended()) {
      throw endsEarly();
    }
    segments.hideProfiles(bytes);
    requireSize(reader);
    int height = reader.getHeight(0);
    int width = reader.getWidth(0);
    Image image;
    if (segments.channels() == CMYK) {
      Raster raster = reader.readRaster(0, null);
      byte[] inks = ((DataBufferByte) raster.getDataBuffer()).getData();
      image = CmykConversion.image(height, width, inks, segments.inksAreLumaAndChroma());
    } else {
      byte[] values = new byte[height * width * segments.channels()];
      ImageReadParam param = reader.getDefaultReadParam();
      param.setDestination(BufferedImages.over(height, width, segments.channels(), values));
      reader.read(0, param);
      image = Image.of(height, width, segments.channels(), values);
    }
    return segments.orientation().upright(image.rgb());
  }

  private Image other(ImageReader reader) throws IOException {
    requireSize(reader);
    return RasterSamples.image(reader.read(0));
  }

  private void requireSize(ImageReader reader) throws IOException {
    long height = reader.getHeight(0);
    long width = reader.getWidth(0);
    if (height * width > MOST_PIXELS) {
      throw new FileException(
          "%s: cannot be read: it claims to be %d pixels high and %d wide; the limit is %,d pixels"
              .formatted(name, height, width, MOST_PIXELS));
    }
  }

  /** Returns whether a warning of libjpeg, which fills missing data with gray, means truncation. */
  private static boolean isOfAnEarlyEnd(String warning) {
    return warning.toLowerCase(Locale.ROOT).contains("premature end");
  }
}
