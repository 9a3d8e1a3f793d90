package dev.trifocal.datasets.inspect;

import dev.trifocal.image.Image;
import java.util.Arrays;
import java.util.List;

/**
 * A contact sheet: images in rows, each scaled to fit a square with its aspect ratio preserved, on
 * white.
 *
 * @param cell the height and width of a square in pixels, positive
 */
public record ContactSheet(int cell) {
  private static final int GAP = 4;
  private static final int RGB = 3;

  /**
   * Renders the sheet.
   *
   * @param rows the images; at least one row with at least one image
   */
  public Image of(List<List<Image>> rows) {
    int columns = rows.stream().mapToInt(List::size).max().orElseThrow();
    int width = GAP + columns * (cell + GAP);
    int height = GAP + rows.size() * (cell + GAP);
    byte[] values = new byte[height * width * RGB];
    Arrays.fill(values, (byte) 255);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        Image small = fitted(rows.get(row).get(column));
        int top = GAP + row * (cell + GAP) + (cell - small.height()) / 2;
        int left = GAP + column * (cell + GAP) + (cell - small.width()) / 2;
        put(small, values, top, left, width);
      }
    }
    return Image.of(height, width, RGB, values);
  }

  private Image fitted(Image image) {
    double scale = (double) cell / Math.max(image.height(), image.width());
    return image
        .rgb()
        .resize(
            Math.max(1, (int) Math.round(image.height() * scale)),
            Math.max(1, (int) Math.round(image.width() * scale)));
  }

  private static void put(Image small, byte[] values, int top, int left, int width) {
    byte[] from = small.toBytes();
    int row = small.width() * RGB;
    for (int y = 0; y < small.height(); y++) {
      System.arraycopy(from, y * row, values, ((top + y) * width + left) * RGB, row);
    }
  }
}
