package dev.trifocal.datasets.inspect;

import java.util.ArrayList;
import java.util.List;

/**
 * Two pictures that are one, or nearly. Twins in two parts let a model be tested on what it has
 * learned by heart.
 *
 * @param distance of their hashes; 0 for many that are the same, and for all with the same bytes
 * @param sameBytes whether the files are copies
 */
public record Twins(PictureFacts one, PictureFacts other, int distance, boolean sameBytes) {
  /** Of the 64 bits of a hash; photographs of the same kind of thing differ in 10 and more. */
  private static final int NEAR = 3;

  /** Whether they are in two parts of a folder. */
  public boolean acrossParts() {
    return !one.part().equals(other.part());
  }

  /** Copies anywhere, and pictures in two parts that look the same. */
  static List<Twins> among(List<PictureFacts> pictures) {
    List<Twins> result = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      PictureFacts one = pictures.get(i);
      for (PictureFacts other : pictures.subList(i + 1, pictures.size())) {
        int distance = one.hash().distance(other.hash());
        if (distance <= NEAR) {
          Twins twins = new Twins(one, other, distance, one.digest().equals(other.digest()));
          boolean alike = twins.acrossParts() && !one.hash().isBlank();
          if (twins.sameBytes() || alike) {
            result.add(twins);
          }
        }
      }
    }
    return result;
  }
}
