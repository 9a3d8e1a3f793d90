package dev.trifocal.image;

import dev.trifocal.error.DataException;

/**
 * An immutable image on the host: bytes {@code [H, W, C]} from 0 (dark) to 255 (bright), with three
 * channels (red, green, blue) or one (gray).
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
   * Creates an image.
   *
   * @param values bytes {@code [H, W, C]}; not copied, so they must not be modified afterwards
   * @throws DataException unless there are 1 or 3 channels, the sizes are positive, and the number
   *     of values matches them
   */
  public static Image of(int height, int width, int channels, byte[] values) {
    boolean sized = height > 0 && width > 0 && (channels == 1 || channels == RGB);
    if (!sized || (long) height * width * channels != values.length) {
      throw new DataException(
          "an image has 1 or 3 channels and positive sizes, but this is %dx%dx%d with %d values"
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

  /** Returns 3 for colour, 1 for gray. */
  public int channels() {
    return channels;
  }

  /** Returns a value from 0 to 255. */
  public int at(int y, int x, int channel) {
    return values[(y * width + x) * channels + channel] & 0xFF;
  }

  /** Returns a copy of the values, {@code [H, W, C]}. */
  public byte[] toBytes() {
    return values.clone();
  }

  /**
   * Returns a part of the image.
   *
   * @throws DataException if the part is not within the image
   */
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
   * Resizes the image with antialiased bilinear interpolation. The result equals that of Pillow's
   * {@code resize} with {@code BILINEAR}, including rounding.
   *
   * @throws DataException unless both sizes are positive
   */
  public Image resize(int newHeight, int newWidth) {
    return resize(newHeight, newWidth, new CropBox(0, 0, newHeight, newWidth));
  }

  /**
   * Resizes the image and returns a part of the result, without computing the rest.
   *
   * @throws DataException if the part is not within the resized image
   */
  public Image resize(int newHeight, int newWidth, CropBox part) {
    requireWithin(part, newHeight, newWidth);
    byte[] resized =
        new BilinearResize(values, height, width, channels).resize(newHeight, newWidth, part);
    return new Image(part.height(), part.width(), channels, resized);
  }

  /**
   * Resizes the image to the nearest pixels, which adds no values, and returns a part of the
   * result. The result equals that of Pillow's {@code resize} with {@code NEAREST}. Masks, whose
   * values are class ids, are resized in this way.
   *
   * @throws DataException if the part is not within the resized image
   */
  public Image resizeNearest(int newHeight, int newWidth, CropBox part) {
    requireWithin(part, newHeight, newWidth);
    byte[] result = new byte[part.height() * part.width() * channels];
    for (int y = 0; y < part.height(); y++) {
      int row = nearest(part.top() + y, newHeight, height);
      for (int x = 0; x < part.width(); x++) {
        int from = (row * width + nearest(part.left() + x, newWidth, width)) * channels;
        System.arraycopy(values, from, result, (y * part.width() + x) * channels, channels);
      }
    }
    return new Image(part.height(), part.width(), channels, result);
  }

  private static int nearest(int index, int newSize, int size) {
    return (int) ((index + 0.5) * size / newSize);
  }

  /** Returns the image mirrored horizontally. */
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

  /** Returns the negative of the image. */
  public Image invert() {
    byte[] result = new byte[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) ~values[i];
    }
    return new Image(height, width, channels, result);
  }

  /** Returns the image with three channels; those of a gray image are equal. */
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

  /**
   * Returns the image in gray: the luma of ITU-R BT.601 in the integer arithmetic of Pillow's
   * {@code convert("L")}.
   */
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
      throw new DataException("%s is not within an image of %dx%d".formatted(box, height, width));
    }
  }
}
