package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * {@code exp(x_i) / sum_j exp(x_j)} along an axis of a sample; axis 0 has the classes in {@code
 * [K]} and {@code [K, H, W]}. Losses take logits, so networks to be trained must not end in a
 * softmax.
 */
public record Softmax(int axis) implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape shape = InputChecks.one(this, inputs);
    InputChecks.requireAxis(this, shape, axis);
    return shape;
  }

  @Override
  public ScoreValue scores(String name, List<ScoreValue> inputs) {
    return inputs.get(0).softmax(name);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.softmax(this, context);
  }
}
