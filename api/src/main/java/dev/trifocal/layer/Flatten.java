package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import java.util.List;

/** {@code [C, H, W]} to {@code [C * H * W]}, channels outermost. */
public record Flatten() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(Math.toIntExact(Inputs.one(this, inputs).elements()));
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.flatten(this, context);
  }
}
