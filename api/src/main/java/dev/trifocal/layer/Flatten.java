package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/** {@code [C, H, W]} to {@code [C * H * W]} in row-major order. PyTorch's {@code Flatten}. */
public record Flatten() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape shape = InputChecks.one(this, inputs);
    if (shape.elements() > Integer.MAX_VALUE) {
      throw new GraphException("(Flatten) has too large an input, " + shape);
    }
    return Shape.of((int) shape.elements());
  }

  @Override
  public boolean keepsElements() {
    return true;
  }

  @Override
  public Storage storage() {
    return Storage.VIEW;
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.flatten(this, context);
  }
}
