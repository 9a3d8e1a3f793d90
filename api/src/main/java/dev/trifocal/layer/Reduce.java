package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Reduction of the elements along axes of a sample. The axes are kept with size 1; a {@link
 * Reshape} removes them. The gradient of a maximum or minimum is distributed evenly among equal
 * elements, as in PyTorch's {@code amax} and {@code amin}.
 *
 * @param axes axes of a sample in ascending order, 0 for channels
 */
public record Reduce(Reduction reduction, List<Integer> axes) implements Layer {
  /** The operation. */
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
  public ScoreValue scores(String name, List<ScoreValue> inputs) {
    return reduction == Reduction.SUM ? inputs.get(0).sum(name) : ScoreValue.unknown(name);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.reduce(this, context);
  }
}
