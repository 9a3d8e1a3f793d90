package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * {@code exp(x_c) / sum_c exp(x_c)} over the first axis of a sample, the classes: {@code [K]} or
 * {@code [K, H, W]}. Losses work on logits, so a network that is to be trained ends before it.
 */
public record Softmax() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape shape = Inputs.one(this, inputs);
    if (shape.rank() == 0) {
      throw new GraphException("(Softmax) needs classes on a first axis, but has a scalar");
    }
    return shape;
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.softmax(this, context);
  }
}
