package dev.trifocal.datasets.inspect;

import java.util.ArrayList;
import java.util.List;

/**
 * A pair of identical or nearly identical images. Pairs across splits mean that a model is tested
 * on images it was trained on.
 *
 * @param one the first image
 * @param other the second image
 * @param distance the distance of their hashes; 0 for files with the same bytes
 * @param sameBytes whether the files are copies
 */
public record DuplicateImages(ImageFacts one, ImageFacts other, int distance, boolean sameBytes) {
  /**
   * The largest distance, of 64 bits; different photographs of similar things differ by 10 or more.
   */
  private static final int NEAR = 3;

  /** Returns whether the images are in different splits. */
  public boolean acrossParts() {
    return !one.part().equals(other.part());
  }

  /** Finds copies anywhere, and near-duplicates across splits. */
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
