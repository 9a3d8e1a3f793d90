package dev.trifocal.data;

import dev.trifocal.shape.Shape;
import java.util.List;

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
   * Samples and labels in the order of {@code indices}: the same for the same indices, always.
   *
   * @throws dev.trifocal.error.DataException if a sample or label is bad
   */
  Batch batch(int[] indices);

  /** A digest of the content, for provenance: {@code sha256:...}, or what makes it reproducible. */
  String digest();
}
