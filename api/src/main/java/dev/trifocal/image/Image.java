package dev.trifocal.image;

import dev.trifocal.error.DataException;

/**
 * A picture on the host: bytes from 0 for dark to 255 for light, {@code [H, W, C]}, three channels
 * (red, green, blue) or one (gray). Immutable.
 */
public final class Image {
  private static final int RGB = 3;

  private final int height;
  private final int width;
  private final int channels;
  private final byte[] values;

  private Image(int height, int width, int channels, byte[] values) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.values = values;
  }

  /**
   * @param values {@code [H, W, C]}, taken over, not copied
   * @throws DataException unless the channels are 1 or 3 and the values as many as the sizes say
   */
  public static Image of(int height, int width, int channels, byte[] values) {
    boolean sized = height > 0 && width > 0 && (channels == 1 || channels == RGB);
    if (!sized || (long) height * width * channels != values.length) {
      throw new DataException(
          "a picture has 1 or 3 channels and positive sizes, but this is %dx%dx%d with %d values"
              .formatted(height, width, channels, values.length));
    }
    return new Image(height, width, channels, values);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** 3 for colours, 1 for gray. */
  public int channels() {
    return channels;
  }

  /** A value from 0 to 255. */
  public int at(int y, int x, int channel) {
    return values[(y * width + x) * channels + channel] & 0xFF;
  }

  /** A copy of the values, {@code [H, W, C]}. */
  public byte[] toBytes() {
    return values.clone();
  }

  /** A part of the picture. */
  public Image crop(CropBox box) {
    requireWithin(box, height, width);
    byte[] part = new byte[box.height() * box.width() * channels];
    int row = box.width() * channels;
    for (int y = 0; y < box.height(); y++) {
      int from = ((box.top() + y) * width + box.left()) * channels;
      System.arraycopy(values, from, part, y * row, row);
    }
    return new Image(box.height(), box.width(), channels, part);
  }

  /**
   * Bilinear, with the filter widened where the picture shrinks, so that no detail is skipped: what
   * Pillow's {@code resize} does with {@code BILINEAR}, rounding included.
   *
   * @throws DataException unless both sizes are positive
   */
  public Image resize(int newHeight, int newWidth) {
    return resize(newHeight, newWidth, new CropBox(0, 0, newHeight, newWidth));
  }

  /**
   * A part of what {@link #resize(int, int)} gives, without making the rest.
   *
   * @throws DataException if the part is not within the new size
   */
  public Image resize(int newHeight, int newWidth, CropBox part) {
    requireWithin(part, newHeight, newWidth);
    byte[] resized =
        new BilinearResize(values, height, width, channels).resize(newHeight, newWidth, part);
    return new Image(part.height(), part.width(), channels, resized);
  }

  /** Left and right exchanged. */
  public Image flip() {
    byte[] result = new byte[values.length];
    for (int pixel = 0; pixel < height * width; pixel++) {
      int row = pixel / width * width;
      int mirrored = row + width - 1 - (pixel - row);
      for (int c = 0; c < channels; c++) {
        result[mirrored * channels + c] = values[pixel * channels + c];
      }
    }
    return new Image(height, width, channels, result);
  }

  /** Light and dark exchanged. */
  public Image invert() {
    byte[] result = new byte[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) ~values[i];
    }
    return new Image(height, width, channels, result);
  }

  /** Red, green and blue; of a gray picture all alike. */
  public Image rgb() {
    if (channels == RGB) {
      return this;
    }
    byte[] result = new byte[values.length * RGB];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i / RGB];
    }
    return new Image(height, width, RGB, result);
  }

  /** The luma of ITU-R BT.601, in Pillow's whole-number arithmetic ({@code convert("L")}). */
  public Image gray() {
    if (channels == 1) {
      return this;
    }
    byte[] result = new byte[height * width];
    for (int i = 0; i < result.length; i++) {
      int red = values[RGB * i] & 0xFF;
      int green = values[RGB * i + 1] & 0xFF;
      int blue = values[RGB * i + 2] & 0xFF;
      result[i] = (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
    }
    return new Image(height, width, 1, result);
  }

  private static void requireWithin(CropBox box, int height, int width) {
    if (box.top() + box.height() > height || box.left() + box.width() > width) {
      throw new DataException("%s is not within a picture of %dx%d".formatted(box, height, width));
    }
  }
}
