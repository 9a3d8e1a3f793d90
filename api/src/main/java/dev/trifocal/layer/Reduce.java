package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * One number for all elements along some axes of a sample. The axes stay, with size 1; a {@link
 * Reshape} drops them. The gradient of a maximum or minimum is shared evenly among elements that
 * equal it, as with PyTorch's {@code amax} and {@code amin}.
 *
 * @param axes of a sample, 0 is the channels; in ascending order
 */
public record Reduce(Reduction reduction, List<Integer> axes) implements Layer {
  /** What becomes of the elements. */
  public enum Reduction {
    SUM,
    MEAN,
    MAX,
    MIN
  }

  public Reduce {
    axes = List.copyOf(axes);
    if (axes.isEmpty() || !axes.stream().sorted().distinct().toList().equals(axes)) {
      throw new GraphException(
          "(Reduce) axes must be in ascending order, each once, but are " + axes);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape shape = InputChecks.one(this, inputs);
    for (int axis : axes) {
      InputChecks.requireAxis(this, shape, axis);
      shape = shape.with(axis, 1);
    }
    return shape;
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.reduce(this, context);
  }
}
