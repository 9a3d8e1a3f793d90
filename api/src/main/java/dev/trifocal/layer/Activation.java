package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import java.util.List;

/** An elementwise function. */
public record Activation(ActivationFunction function) implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    return InputChecks.one(this, inputs);
  }

  /** The function's name, for example {@code Relu}. */
  @Override
  public String kind() {
    return function.getClass().getSimpleName();
  }

  @Override
  public Storage storage() {
    return Storage.OVER_INPUT;
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.activation(this, context);
  }
}
