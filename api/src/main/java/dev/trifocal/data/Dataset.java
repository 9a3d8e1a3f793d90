package dev.trifocal.data;

import dev.trifocal.picture.Preprocessing;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Samples with labels, by index. Safe to read from several threads at once. */
public interface Dataset {
  /** For messages and provenance: {@code mnist/train}. */
  String name();

  /** The number of samples. */
  int size();

  /** The shape of one sample, {@code [C, H, W]}. */
  Shape sampleShape();

  /** Names of the classes in the order of their ids; empty if labels are not class ids. */
  List<String> classes();

  /**
   * What pictures went through to become such samples, for predictions later on; empty if samples
   * are not made of pictures, or nobody knows.
   */
  default Optional<Preprocessing> preprocessing() {
    return Optional.empty();
  }

  /**
   * Samples and labels in the order of {@code indices}: the same for the same indices, always.
   *
   * @throws dev.trifocal.error.DataException if a sample or label is bad
   */
  Batch batch(int[] indices);

  /**
   * As {@link #batch(int[])}, for a reader who may lose interest. A data set that is slow asks now
   * and then, so that nobody has to wait for what nobody needs.
   *
   * @throws java.util.concurrent.CancellationException if the batch turned out to be unwanted
   */
  default Batch batch(int[] indices, BooleanSupplier unwanted) {
    return batch(indices);
  }

  /**
   * The samples as they are in an epoch of training: where they are augmented, by a pure function
   * of (seed, epoch, index). Evaluation reads the data set itself.
   *
   * @param epoch from 1
   */
  default Dataset epoch(long seed, int epoch) {
    return this;
  }

  /** A digest of the content, for provenance: {@code sha256:...}, or what makes it reproducible. */
  String digest();
}
