package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Concatenation along an axis of a sample, 0 for channels; all other axes must be equal. PyTorch's
 * {@code cat}.
 */
public record Concat(int axis) implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape first = InputChecks.several(this, inputs).get(0);
    InputChecks.requireAxis(this, first, axis);
    long size = 0;
    for (Shape other : inputs) {
      if (other.rank() != first.rank() || !other.with(axis, 1).equals(first.with(axis, 1))) {
        throw new GraphException(
            "(Concat) needs inputs that differ in %s only, but has %s"
                .formatted(axis == 0 ? "channels" : "axis " + axis, InputChecks.list(inputs)));
      }
      size += other.size(axis);
    }
    return first.with(axis, InputChecks.size(this, size));
  }

  @Override
  public boolean batched(List<Boolean> inputs) {
    return InputChecks.sameRows(this, inputs);
  }

  @Override
  public ScoreValue scores(String name, List<ScoreValue> inputs) {
    return ScoreValue.concat(name, inputs);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.concat(this, context);
  }
}
