package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * {@code exp(x_c) / sum_c exp(x_c)} over the first axis of a sample, the classes: {@code [K]} or
 * {@code [K, H, W]}. Losses work on logits, so a network that is to be trained ends before it.
 */
public record Softmax() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.one(this, inputs);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.softmax(this, context);
  }
}
