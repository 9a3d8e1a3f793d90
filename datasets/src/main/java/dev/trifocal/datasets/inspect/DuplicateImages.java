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
public record DuplicateImages(ImageFacts one, ImageFacts other, int distance, boolean sameBytes) {
  /** Of the 64 bits of a hash; photographs of the same kind of thing differ in 10 and more. */
  private static final int NEAR = 3;

  /** Whether they are in two parts of a folder. */
  public boolean acrossParts() {
    return !one.part().equals(other.part());
  }

  /** Copies anywhere, and pictures in two parts that look the same. */
  static List<DuplicateImages> among(List<ImageFacts> images) {
    List<DuplicateImages> result = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      ImageFacts one = images.get(i);
      for (ImageFacts other : images.subList(i + 1, images.size())) {
        int distance = one.hash().distance(other.hash());
        if (distance <= NEAR) {
          DuplicateImages twins =
              new DuplicateImages(one, other, distance, one.digest().equals(other.digest()));
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
