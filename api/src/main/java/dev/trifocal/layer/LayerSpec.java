package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.function.Function;

/**
 * What can be drawn onto values: a layer, or a layer that is settled only when the input's shape is
 * known, such as a convolution with "same" padding.
 */
public sealed interface LayerSpec permits Layer, LayerSpec.ByShape {
  /**
   * The layer for such inputs.
   *
   * @param inputs shapes of one sample each
   * @throws dev.trifocal.error.GraphException if there is none for them
   */
  Layer at(List<Shape> inputs);

  /**
   * A layer that depends on the shapes of its inputs.
   *
   * @param rule from the shapes of one sample of each input to the layer
   */
  static LayerSpec of(Function<List<Shape>, Layer> rule) {
    return new ByShape(rule);
  }

  /** What {@link #of} makes. */
  record ByShape(Function<List<Shape>, Layer> rule) implements LayerSpec {
    @Override
    public Layer at(List<Shape> inputs) {
      return rule.apply(inputs);
    }
  }
}
