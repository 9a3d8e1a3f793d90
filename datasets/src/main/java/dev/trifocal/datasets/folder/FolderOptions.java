package dev.trifocal.datasets.folder;

import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import java.util.function.Consumer;

/**
 * How a folder of pictures is opened.
 *
 * @param unreadable what becomes of files that cannot be read
 * @param remarks told what was left out
 */
public record FolderOptions(ImageOptions images, Unreadable unreadable, Consumer<String> remarks) {
  private static final Shape IMAGENET = Shape.of(3, 224, 224);

  /** What becomes of files that look like pictures by their names, but cannot be read. */
  public enum Unreadable {
    /** They are remarked on and left out. */
    SKIP,
    /** All are named in one failure. */
    REFUSE
  }

  /** 224 pixels in colour, stretched, in [0, 1], kept in memory, not augmented; no remarks. */
  public static FolderOptions usual() {
    ImagePreprocessor preprocessor = new ImagePreprocessor(Preprocessing.UNIT, IMAGENET);
    return new FolderOptions(
        new ImageOptions(preprocessor, Augmentation.NONE, Caching.memory()),
        Unreadable.SKIP,
        remark -> {});
  }
}
