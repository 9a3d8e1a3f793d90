package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/** Gives the elements of a sample another shape, in row-major order. PyTorch's {@code reshape}. */
public record Reshape(Shape shape) implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = InputChecks.one(this, inputs);
    if (input.elements() != shape.elements()) {
      throw new GraphException(
          "(Reshape) cannot make %s of %s: they have %d and %d elements"
              .formatted(shape, input, shape.elements(), input.elements()));
    }
    return shape;
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
    return visitor.reshape(this, context);
  }
}
