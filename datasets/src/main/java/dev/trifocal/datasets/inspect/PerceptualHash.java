package dev.trifocal.datasets.inspect;

import dev.trifocal.image.Image;

/**
 * 64 bits that stay nearly the same when a picture is scaled, compressed or made a little lighter:
 * whether each of 8 by 8 pixels is darker than the one to its right (Krawetz, "Kind of like that",
 * 2013: dHash).
 */
public record PerceptualHash(long bits) {
  private static final int SIDE = 8;

  /** Of a picture of any size. */
  public static PerceptualHash of(Image image) {
    Image small = image.gray().resize(SIDE, SIDE + 1);
    long bits = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        bits = bits << 1 | (small.at(y, x, 0) < small.at(y, x + 1, 0) ? 1 : 0);
      }
    }
    return new PerceptualHash(bits);
  }

  /** How many bits differ, 0 to 64. */
  public int distance(PerceptualHash other) {
    return Long.bitCount(bits ^ other.bits);
  }

  /** Whether there is next to nothing in the picture, so that its hash says nothing. */
  public boolean isBlank() {
    int set = Long.bitCount(bits);
    return Math.min(set, Long.SIZE - set) < SIDE / 2;
  }
}
