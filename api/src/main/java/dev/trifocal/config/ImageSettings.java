package dev.trifocal.config;

import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings that control how image folders become samples.
 *
 * @param channels 3 for colour, 1 for gray; empty for the model's input channels
 * @param size image size; empty for the model's input size
 * @param augmentation augmentation of training images as written in the configuration, for example
 *     {@code crop,flip}, or {@code none}
 * @param preprocessing preprocessing given by the user; the model provides the rest
 * @param labelling how the images are labelled
 * @param maskClasses file that lists the classes of masks; empty for that of their folder
 * @param unreadable treatment of unreadable files
 * @param cache where decoded images are cached
 */
public record ImageSettings(
    Optional<Integer> channels,
    Optional<ImageSize> size,
    String augmentation,
    PreprocessingSettings preprocessing,
    Labelling labelling,
    Optional<Path> maskClasses,
    Unreadable unreadable,
    ImageCacheMode cache) {
  /** The defaults: everything is left to the model, and there is no augmentation. */
  public static final ImageSettings USUAL =
      new ImageSettings(
          Optional.empty(),
          Optional.empty(),
          "none",
          PreprocessingSettings.NONE,
          Labelling.ONE_CLASS,
          Optional.empty(),
          Unreadable.SKIP,
          ImageCacheMode.MEMORY);

  /** How the images of a folder are labelled. */
  public enum Labelling {
    /** Each image has one class: that of its folder. */
    ONE_CLASS,
    /** Each image has any number of classes. */
    MULTI_LABEL
  }

  /** The treatment of files that cannot be read as images. */
  public enum Unreadable {
    /** Reports and skips unreadable files. */
    SKIP,
    /** Fails with a message that lists all unreadable files. */
    REFUSE
  }

  /** Where decoded images are cached. */
  public enum ImageCacheMode {
    MEMORY,
    DISK,
    NONE
  }

  /**
   * Returns these settings with every value that depends on the model resolved.
   *
   * @param sample the model's input shape, {@code [C, H, W]}
   * @param preprocessing the preprocessing to use
   */
  public ImageSettings settled(Shape sample, Preprocessing preprocessing) {
    return new ImageSettings(
        Optional.of(sample.size(0)),
        Optional.of(new ImageSize(sample.size(1), sample.size(2))),
        augmentation,
        PreprocessingSettings.of(preprocessing),
        labelling,
        maskClasses,
        unreadable,
        cache);
  }

  /** Returns these settings with paths that are resolved against a folder. */
  ImageSettings folders(Path home) {
    return new ImageSettings(
        channels,
        size,
        augmentation,
        preprocessing,
        labelling,
        maskClasses.map(file -> home.resolve(file).normalize()),
        unreadable,
        cache);
  }

  /** Returns whether an image may have any number of classes. */
  public boolean isMultiLabel() {
    return labelling == Labelling.MULTI_LABEL;
  }

  /** Returns whether no value is left to the model. */
  public boolean isSettled() {
    return channels.isPresent() && size.isPresent() && preprocessing.isWhole();
  }

  /**
   * Returns the shape of a sample, {@code [C, H, W]}, using {@code usual} for the sizes that are
   * not set.
   */
  public Shape sample(Shape usual) {
    return Shape.of(
        channels.orElse(usual.size(0)),
        size.map(ImageSize::height).orElse(usual.size(1)),
        size.map(ImageSize::width).orElse(usual.size(2)));
  }

  /**
   * Returns the preprocessing of a network trained with these settings. If they specify none, the
   * training data did not consist of image files, and values are scaled to {@code [0, 1]}.
   *
   * @param sample the network's input shape, {@code [C, H, W]}
   */
  public Preprocessing preprocessing(Shape sample) {
    return preprocessing.over(Optional.of(Preprocessing.UNIT), sample).orElseThrow();
  }
}
