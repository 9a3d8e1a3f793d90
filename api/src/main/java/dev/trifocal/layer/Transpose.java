package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Permutation of the axes of a sample: output axis {@code i} is input axis {@code order(i)}. The
 * batch axis remains first. PyTorch's {@code permute}.
 */
public record Transpose(List<Integer> order) implements Layer {
  public Transpose {
    order = List.copyOf(order);
    if (!order.stream()
        .sorted()
        .toList()
        .equals(IntStream.range(0, order.size()).boxed().toList())) {
      throw new GraphException(
          "(Transpose) order must name each of the axes 0 to %d once, but is %s"
              .formatted(order.size() - 1, order));
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape shape = InputChecks.one(this, inputs);
    if (shape.rank() != order.size()) {
      throw new GraphException(
          "(Transpose) orders %d axes, but its input is %s".formatted(order.size(), shape));
    }
    return new Shape(order.stream().map(shape::size).toList());
  }

  @Override
  public ScoreValue scores(String name, List<ScoreValue> inputs) {
    return inputs.get(0).renamed(name);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.transpose(this, context);
  }
}
