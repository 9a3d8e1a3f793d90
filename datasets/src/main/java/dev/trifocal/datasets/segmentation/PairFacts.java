package dev.trifocal.datasets.segmentation;

import dev.trifocal.datasets.folder.CheckedImages;
import dev.trifocal.image.Image;
import java.util.Map;
import java.util.Optional;

/**
 * What a pair of files holds.
 *
 * @param height of the image, in pixels
 * @param width of the image, in pixels
 * @param maskHeight in pixels
 * @param maskWidth in pixels
 * @param kinds what the samples of the mask are
 * @param counts the number of pixels of each sample of the mask
 */
record PairFacts(
    FilePair files,
    int height,
    int width,
    int maskHeight,
    int maskWidth,
    MaskSamples kinds,
    Map<Integer, Long> counts) {
  /**
   * Decodes both files.
   *
   * @throws dev.trifocal.error.FileException if one cannot be read
   */
  static PairFacts of(FilePair files, CheckedImages look) {
    Image image = look.at(files.image());
    StoredMask mask = StoredMask.read(files.mask());
    return new PairFacts(
        files,
        image.height(),
        image.width(),
        mask.height(),
        mask.width(),
        mask.kinds(),
        mask.counts());
  }

  /** Returns a message if the mask has another size than the image. */
  Optional<String> sizeProblem() {
    return height == maskHeight && width == maskWidth
        ? Optional.empty()
        : Optional.of(
            "%s is %dx%d, but its image %s is %dx%d (height first)"
                .formatted(files.mask(), maskHeight, maskWidth, files.image(), height, width));
  }
}
