package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.function.Function;

/**
 * A layer, or a rule that gives one once the shapes of its inputs are known, such as a convolution
 * with "same" padding.
 */
public sealed interface LayerSpec permits Layer, LayerSpec.ByShape {
  /**
   * Returns the layer for inputs of the given shapes.
   *
   * @param inputs shape of one sample of each input
   * @throws dev.trifocal.error.GraphException if the shapes do not suit the layer
   */
  Layer at(List<Shape> inputs);

  /**
   * Returns a layer that depends on the shapes of its inputs.
   *
   * @param rule function from the shape of one sample of each input to the layer
   */
  static LayerSpec of(Function<List<Shape>, Layer> rule) {
    return new ByShape(rule);
  }

  /** The result of {@link #of}. */
  record ByShape(Function<List<Shape>, Layer> rule) implements LayerSpec {
    @Override
    public Layer at(List<Shape> inputs) {
      return rule.apply(inputs);
    }
  }
}
