package dev.trifocal.datasets.folder;

import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The options for opening an image folder.
 *
 * @param images the options for reading images
 * @param labelling how the images are labelled
 * @param maskClasses the file that lists the classes of masks; empty for that of their folder
 * @param unreadable the treatment of unreadable files
 * @param remarks receives notes about skipped files
 */
public record FolderOptions(
    ImageOptions images,
    Labelling labelling,
    Optional<Path> maskClasses,
    Unreadable unreadable,
    Consumer<String> remarks) {
  private static final Shape IMAGENET = Shape.of(3, 224, 224);

  /** The treatment of files with an image extension that cannot be read. */
  public enum Unreadable {
    /** Skip them with a note. */
    SKIP,
    /** Fail with a message that names all of them. */
    REFUSE
  }

  /**
   * Returns options for RGB images of 224 pixels, resized without cropping, in [0, 1], cached in
   * memory, without augmentation and notes.
   */
  public static FolderOptions usual() {
    ImagePreprocessor preprocessor = new ImagePreprocessor(Preprocessing.UNIT, IMAGENET);
    return new FolderOptions(
        new ImageOptions(preprocessor, Augmentation.NONE, Caching.memory()),
        Labelling.ONE_CLASS,
        Optional.empty(),
        Unreadable.SKIP,
        remark -> {});
  }

  /** Returns these options with another augmentation of training images. */
  public FolderOptions augmentation(Augmentation other) {
    return new FolderOptions(
        images.augmentation(other), labelling, maskClasses, unreadable, remarks);
  }
}
