package dev.trifocal.datasets.image;

import dev.trifocal.error.FileException;
import dev.trifocal.file.FileContent;
import dev.trifocal.image.Image;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes the content of an image file.
 *
 * @param name name of the file, for messages
 * @param bytes content of the file
 */
record ImageDecoder(String name, byte[] bytes) {
  private static final int CMYK = 4;

  /**
   * Decodes the image.
   *
   * @throws FileException if the bytes are not an image, or are damaged
   * @throws OutOfMemoryError if the image does not fit into memory; the message names the file
   */
  Image decode() {
    ImageFormat format = format();
    return decoded(format, () -> format == ImageFormat.JPEG ? jpeg() : other(format));
  }

  /**
   * Decodes the samples as they are in the file, without conversion of colours.
   *
   * @throws FileException if the bytes are not an image, are damaged, or are compressed with loss
   */
  BufferedImage stored() {
    ImageFormat format = format();
    if (format == ImageFormat.JPEG || format == ImageFormat.WEBP) {
      throw new FileException(
          "%s is a %s file, whose compression changes values; save it as PNG"
              .formatted(name, format));
    }
    return decoded(format, () -> read(format, bytes, reader -> reader.read(0)));
  }

  private ImageFormat format() {
    return ImageFormat.of(bytes)
        .orElseThrow(
            () ->
                new FileException(
                    FileContent.of(bytes)
                        .map(this::otherwise)
                        .orElse(name + " is not an image; expected " + ImageFormat.NAMES)));
  }

  /** Decodes a file. */
  private interface Decoding<T> {
    T result() throws IOException;
  }

  private <T> T decoded(ImageFormat format, Decoding<T> decoding) {
    try {
      return decoding.result();
    } catch (FileException e) {
      throw e;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw failure(format, e);
    }
  }

  private String otherwise(FileContent content) {
    return switch (content) {
      case AVIF, HEIC, JPEG_XL ->
          "%s is %s, which is not read; convert it to JPEG or PNG".formatted(name, content.title());
      case PDF -> name + " is a PDF document, not an image; convert its pages to PNG";
      default ->
          "%s is %s, not an image; %s"
              .formatted(
                  name, content.title(), content.cure().orElse("expected " + ImageFormat.NAMES));
    };
  }

  /** Returns the exception to throw; Java's readers throw all kinds on damaged data. */
  private FileException failure(ImageFormat format, Throwable failure) {
    if (Stream.iterate(failure, e -> e != null, Throwable::getCause)
        .anyMatch(OutOfMemoryError.class::isInstance)) {
      OutOfMemoryError named = new OutOfMemoryError(name + ": the image does not fit into memory");
      named.initCause(failure);
      throw named;
    }
    return new FileException(
        "%s: cannot be read: its %s data is damaged; copy it again".formatted(name, format),
        failure);
  }

  private FileException endsEarly() {
    return new FileException(name + ": cannot be read: the file is truncated; copy it again");
  }

  private Image jpeg() throws IOException {
    JpegSegments segments = JpegSegments.of(bytes);
    if (!segments.ended()) {
      throw endsEarly();
    }
    if (!segments.isCommon()) {
      throw new FileException(
          "%s: cannot be read: JPEG process SOF%d is not supported; convert it to baseline or progressive JPEG, or to PNG"
              .formatted(name, segments.frame() & 0xF));
    }
    Image image =
        read(
            ImageFormat.JPEG,
            segments.plain(),
            reader ->
                segments.channels() == CMYK ? inks(reader, segments) : colours(reader, segments));
    return segments.orientation().upright(image.rgb());
  }

  private static Image inks(ImageReader reader, JpegSegments segments) throws IOException {
    Raster raster = reader.readRaster(0, null);
    byte[] inks = ((DataBufferByte) raster.getDataBuffer()).getData();
    return CmykConversion.image(
        raster.getHeight(), raster.getWidth(), inks, segments.lumaAndChroma());
  }

  private static Image colours(ImageReader reader, JpegSegments segments) throws IOException {
    int height = reader.getHeight(0);
    int width = reader.getWidth(0);
    byte[] values = new byte[height * width * segments.channels()];
    ImageReadParam param = reader.getDefaultReadParam();
    param.setDestination(BufferedImages.over(height, width, segments.channels(), values));
    reader.read(0, param);
    return Image.of(height, width, segments.channels(), values);
  }

  private Image other(ImageFormat format) throws IOException {
    Optional<GifCanvas> canvas = format == ImageFormat.GIF ? GifCanvas.of(bytes) : Optional.empty();
    canvas.ifPresent(size -> requireSize(format, size.height(), size.width()));
    if (format == ImageFormat.WEBP && !WebpChunks.isWhole(bytes)) {
      throw endsEarly();
    }
    byte[] plain = format == ImageFormat.WEBP ? WebpChunks.withoutProfile(bytes) : bytes;
    BufferedImage read = read(format, plain, reader -> reader.read(0));
    int type = read.getRaster().getTransferType();
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
      throw new FileException(
          "%s: cannot be read: its samples are floating-point numbers; convert it to 8 or 16 bits per sample"
              .formatted(name));
    }
    Image image = RasterSamples.image(read);
    Image whole = canvas.map(size -> size.with(image)).orElse(image);
    return format.orientation(bytes).upright(whole);
  }

  /** Reads a result with a reader. */
  private interface Taking<T> {
    T from(ImageReader reader) throws IOException;
  }

  private <T> T read(ImageFormat format, byte[] data, Taking<T> taking) throws IOException {
    ImageReader reader = format.reader();
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    InputStream plain =
        format == ImageFormat.WEBP ? WebpChunks.stream(data) : new ByteArrayInputStream(data);
    try (ImageInputStream stream = new MemoryCacheImageInputStream(plain)) {
      reader.setInput(stream, true, true);
      requireSize(format, reader.getHeight(0), reader.getWidth(0));
      T result = taking.from(reader);
      if (warnings.stream().anyMatch(ImageDecoder::isOfAnEarlyEnd)) {
        throw endsEarly();
      }
      return result;
    } finally {
      reader.dispose();
    }
  }

  private void requireSize(ImageFormat format, long height, long width) {
    String claim =
        "%s: cannot be read: it claims to be %d pixels high and %d wide"
            .formatted(name, height, width);
    if (height * width > PixelLimit.MOST_PIXELS) {
      throw new FileException(
          "%s; the limit is %,d pixels".formatted(claim, PixelLimit.MOST_PIXELS));
    }
    if (height * width > PixelLimit.of(format, bytes)) {
      throw new FileException(
          "%s, but has only %,d bytes; copy it again, or save it anew"
              .formatted(claim, bytes.length));
    }
  }

  /** Returns whether a warning of libjpeg, which fills missing data with gray, means truncation. */
  private static boolean isOfAnEarlyEnd(String warning) {
    return warning.toLowerCase(Locale.ROOT).contains("premature end");
  }
}
