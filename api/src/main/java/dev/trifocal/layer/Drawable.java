package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * What can be drawn onto values: a layer, or a layer that is settled only when the input's shape is
 * known, such as a convolution with "same" padding.
 */
@FunctionalInterface
public interface Drawable {
  /**
   * @param inputs shapes of one sample each
   */
  Layer at(List<Shape> inputs);
}
