package dev.trifocal.config;

import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import java.util.Optional;

/**
 * How folders of pictures become samples.
 *
 * @param channels 3 for colours, 1 for gray; empty: what the model reads
 * @param size empty: what the model reads
 * @param augmentation of training pictures, in words
 * @param preprocessing what is said of it; the model says the rest
 * @param unreadable what becomes of files that cannot be read
 * @param cache where decoded pictures are kept
 */
public record ImageSettings(
    Optional<Integer> channels,
    Optional<ImageSize> size,
    String augmentation,
    PreprocessingSettings preprocessing,
    Unreadable unreadable,
    ImageCacheMode cache) {
  /** Nothing said, and nothing changed. */
  public static final ImageSettings USUAL =
      new ImageSettings(
          Optional.empty(),
          Optional.empty(),
          "none",
          PreprocessingSettings.NONE,
          Unreadable.SKIP,
          ImageCacheMode.MEMORY);

  /** What becomes of files that cannot be read as pictures. */
  public enum Unreadable {
    /** They are named and left out. */
    SKIP,
    /** All are named, and nothing is done. */
    REFUSE
  }

  /** Where decoded pictures are kept. */
  public enum ImageCacheMode {
    MEMORY,
    DISK,
    NONE
  }

  /**
   * These settings with all that a model could have said.
   *
   * @param sample what it reads, {@code [C, H, W]}
   */
  public ImageSettings settled(Shape sample, Preprocessing preprocessing) {
    return new ImageSettings(
        Optional.of(sample.size(0)),
        Optional.of(new ImageSize(sample.size(1), sample.size(2))),
        augmentation,
        PreprocessingSettings.of(preprocessing),
        unreadable,
        cache);
  }

  /** Whether nothing is left for a model to say. */
  public boolean isSettled() {
    return channels.isPresent() && size.isPresent() && preprocessing.isWhole();
  }

  /** The shape of a sample, {@code [C, H, W]}: what is said of it, and for the rest another. */
  public Shape sample(Shape usual) {
    return Shape.of(
        channels.orElse(usual.size(0)),
        size.map(ImageSize::height).orElse(usual.size(1)),
        size.map(ImageSize::width).orElse(usual.size(2)));
  }

  /**
   * What pictures go through before a network that such settings have trained; where they say
   * nothing, the data was no pictures, and {@code [0, 1]} is usual.
   *
   * @param sample what the network reads
   */
  public Preprocessing preprocessing(Shape sample) {
    return preprocessing.over(Optional.of(Preprocessing.UNIT), sample).orElseThrow();
  }
}
