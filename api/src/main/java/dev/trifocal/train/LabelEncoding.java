package dev.trifocal.train;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;

/**
 * Converts the labels of a data set to an input of a loss. Labels are encoded and checked on the
 * host, once for all engines.
 *
 * <p>Implementations must implement {@code equals}: a loss that requests an encoding twice gets a
 * single input.
 */
public interface LabelEncoding {
  /**
   * Returns the shape of one encoded sample.
   *
   * @param output shape of one sample of the labelled output
   * @throws dev.trifocal.error.GraphException if such labels do not suit the output
   */
  Shape shape(Shape output);

  /**
   * Encodes the labels of a batch.
   *
   * @param output shape of the output for the batch, {@code [N, ...]}
   * @param labels labels from the data set
   * @return float32 {@code [N, ...]} with samples of the shape {@link #shape}
   * @throws dev.trifocal.error.DataException if the labels do not suit the output
   */
  Tensor encode(Shape output, Tensor labels);

  /** Returns the name of the encoding in input names, for example {@code classes}. */
  String name();
}
