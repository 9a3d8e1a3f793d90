package dev.trifocal.datasets.inspect;

import dev.trifocal.image.Image;

/**
 * A 64-bit hash that barely changes when an image is scaled, compressed or slightly brightened:
 * whether each of 8 by 8 pixels is darker than its right neighbour (dHash; Krawetz, "Kind of like
 * that", 2013).
 */
public record PerceptualHash(long bits) {
  private static final int SIDE = 8;

  /** Computes the hash of an image of any size. */
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

  /** Returns the number of different bits, 0 to 64. */
  public int distance(PerceptualHash other) {
    return Long.bitCount(bits ^ other.bits);
  }

  /** Returns whether the image is almost uniform, which makes its hash meaningless. */
  public boolean isBlank() {
    int set = Long.bitCount(bits);
    return Math.min(set, Long.SIZE - set) < SIDE / 2;
  }
}
