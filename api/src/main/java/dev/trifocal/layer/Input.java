package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/** An input of the graph: float32, {@code shape} per sample. */
public record Input(Shape shape) implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (!inputs.isEmpty()) {
      throw new GraphException("(Input) takes no inputs, but has " + InputChecks.list(inputs));
    }
    return shape;
  }

  @Override
  public boolean isInput() {
    return true;
  }

  @Override
  public Storage storage() {
    return Storage.GIVEN;
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.input(this, context);
  }
}
