package dev.trifocal.datasets.image;

import dev.trifocal.image.Image;

/**
 * The orientation of an image in its file, EXIF values 1 to 8.
 *
 * @param swapped whether the rows of the file are columns of the image
 * @param fromBottom whether the last row of the file comes first
 * @param fromRight whether the last column of the file comes first
 */
record Orientation(boolean swapped, boolean fromBottom, boolean fromRight) {
  static final Orientation UPRIGHT = new Orientation(false, false, false);

  /** Returns the orientation for an EXIF value; upright for invalid values. */
  static Orientation of(int exif) {
    boolean known = exif >= 1 && exif <= 8;
    return known
        ? new Orientation(
            exif >= 5,
            exif == 3 || exif == 4 || exif == 6 || exif == 7,
            exif == 2 || exif == 3 || exif == 7 || exif == 8)
        : UPRIGHT;
  }

  Image upright(Image lying) {
    return equals(UPRIGHT) ? lying : turned(lying);
  }

  private Image turned(Image lying) {
    int rows = lying.height();
    int columns = lying.width();
    int channels = lying.channels();
    int height = swapped ? columns : rows;
    int width = swapped ? rows : columns;
    int down = fromBottom ? -columns : columns;
    int right = fromRight ? -1 : 1;
    int origin = (fromBottom ? (rows - 1) * columns : 0) + (fromRight ? columns - 1 : 0);
    byte[] from = lying.toBytes();
    byte[] result = new byte[from.length];
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int pixel = origin + (swapped ? y * right + x * down : y * down + x * right);
        for (int c = 0; c < channels; c++) {
          result[to++] = from[pixel * channels + c];
        }
      }
    }
    return Image.of(height, width, channels, result);
  }
}
