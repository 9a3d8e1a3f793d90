package dev.trifocal.apps.model;

import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.Optional;

/** Writes a model in one format. */
public interface ModelWriter {
  /**
   * Writes the model.
   *
   * @param half the format of 16 bits to store the weights in; float32 if empty
   * @throws dev.trifocal.error.DataException if the number of class names is not that of the
   *     outputs
   * @throws dev.trifocal.error.FileException if it cannot be written
   * @throws dev.trifocal.error.WeightsException if a finite weight is beyond the range of the
   *     format
   */
  void write(Path target, Optional<HalfPrecision> half);

  /** Returns the weights that are written. */
  Weights weights();

  /** Returns the file that holds the weights, once they are written. */
  Path file(Path target);

  /** Returns the size of that file with float32 weights, in bytes. */
  long float32Bytes();
}
