package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;

/**
 * A random change of a picture that keeps its size and channels and, one hopes, what it shows.
 * Anyone can write one and put it into {@link Augmentation#of}; a record says in the provenance of
 * a run with what amounts it was used.
 */
public interface RandomTransform {
  /**
   * The word for it, as in {@code --augment flip}; one of its own, which names its random stream
   * too.
   */
  String name();

  /** A pure function of the picture and the stream, safe to call from several threads at once. */
  Image apply(Image image, RandomStream stream);
}
