package dev.trifocal.datasets.picture;

import dev.trifocal.error.FileException;
import dev.trifocal.picture.Picture;
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
 * The bytes of a picture file.
 *
 * @param name of the file, for messages
 */
record EncodedPicture(String name, byte[] bytes) {
  /** As many as Pillow reads: a file of a few bytes may claim to be larger than the memory. */
  private static final long MOST_PIXELS = 178_956_970;

  private static final int CMYK = 4;

  Picture decode() {
    Format format =
        Format.of(bytes)
            .orElseThrow(
                () ->
                    new FileException(
                        name + " is not a picture: it should be PNG, JPEG, GIF or BMP"));
    ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    Picture picture = decode(format, reader);
    if (warnings.stream().anyMatch(EncodedPicture::isOfAnEarlyEnd)) {
      throw endsEarly();
    }
    return picture;
  }

  private FileException endsEarly() {
    return new FileException(
        name + ": cannot be read: the file ends before the picture does; copy it again");
  }

  private Picture decode(Format format, ImageReader reader) {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(stream, true, true);
      return format == Format.JPEG ? jpeg(reader) : other(reader);
    } catch (FileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Java's readers meet damaged bytes with whatever their arithmetic throws.
      throw new FileException(
          "%s: cannot be read: its %s data is damaged; copy it again".formatted(name, format), e);
    } finally {
      reader.dispose();
    }
  }

  private Picture jpeg(ImageReader reader) throws IOException {
    JpegSegments segments = JpegSegments.of(bytes);
    if (!segments.ended()) {
      throw endsEarly();
    }
    segments.hideProfiles(bytes);
    requireSize(reader);
    int height = reader.getHeight(0);
    int width = reader.getWidth(0);
    Picture picture;
    if (segments.channels() == CMYK) {
      Raster raster = reader.readRaster(0, null);
      byte[] inks = ((DataBufferByte) raster.getDataBuffer()).getData();
      picture = Inks.picture(height, width, inks, segments.inksAreLumaAndChroma());
    } else {
      byte[] values = new byte[height * width * segments.channels()];
      ImageReadParam param = reader.getDefaultReadParam();
      param.setDestination(Canvas.over(height, width, segments.channels(), values));
      reader.read(0, param);
      picture = Picture.of(height, width, segments.channels(), values);
    }
    return segments.orientation().upright(picture.rgb());
  }

  private Picture other(ImageReader reader) throws IOException {
    requireSize(reader);
    return Samples.picture(reader.read(0));
  }

  private void requireSize(ImageReader reader) throws IOException {
    long height = reader.getHeight(0);
    long width = reader.getWidth(0);
    if (height * width > MOST_PIXELS) {
      throw new FileException(
          "%s: cannot be read: it claims to be %d pixels high and %d wide, more than %,d in all"
              .formatted(name, height, width, MOST_PIXELS));
    }
  }

  /** Of libjpeg's, which fills up with gray what is missing. */
  private static boolean isOfAnEarlyEnd(String warning) {
    return warning.toLowerCase(Locale.ROOT).contains("premature end");
  }
}
