package dev.trifocal.train;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;

/**
 * How labels as a data set gives them become an input of a loss. Encoding happens on the host, so
 * labels are checked once for all engines.
 *
 * <p>Implementations need {@code equals}: a loss that asks for one encoding twice gets one input.
 */
public interface LabelEncoding {
  /**
   * The shape of one encoded sample.
   *
   * @param output shape of one sample of the output that the labels belong to
   * @throws dev.trifocal.error.GraphException if labels of this kind do not suit the output
   */
  Shape shape(Shape output);

  /**
   * @param output shape of the output for the whole batch, {@code [N, ...]}
   * @param labels as the data set gives them
   * @return float32 {@code [N, ...]}, each sample of the shape that {@link #shape} says
   * @throws dev.trifocal.error.DataException if the labels do not suit the output
   */
  Tensor encode(Shape output, Tensor labels);

  /** The encoding as part of an input's name, for example {@code classes}. */
  String name();
}
