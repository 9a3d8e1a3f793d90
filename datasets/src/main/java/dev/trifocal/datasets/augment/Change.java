package dev.trifocal.datasets.augment;

import dev.trifocal.picture.Picture;
import dev.trifocal.random.RandomStream;

/** A random change of a picture that keeps its size and, one hopes, what it shows. */
public sealed interface Change permits Flip, Rotation, Translation, ColorJitter, Cutout {
  /** The word for it, as in {@code --augment flip}. */
  String name();

  /** A pure function of the picture and the stream. */
  Picture apply(Picture picture, RandomStream stream);
}
