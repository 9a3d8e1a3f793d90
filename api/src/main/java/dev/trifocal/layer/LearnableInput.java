package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;

/**
 * A source whose values are learned, PyTorch's {@code Parameter} used by itself: it reads nothing,
 * and for a batch of N samples it gives its values N times; their gradients are summed. In a graph
 * without inputs N is 1. Training a picture (style transfer, what a class looks like) is training a
 * graph in which nothing else is trainable.
 *
 * <p>Parameter: {@code weight} of the given shape.
 */
public record LearnableInput(Shape shape, Initializer initializer) implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (!inputs.isEmpty()) {
      throw new GraphException(
          "(LearnableInput) reads nothing, but has " + InputChecks.list(inputs));
    }
    return shape;
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int fan = shape.rank() == 0 ? 1 : shape.size(0);
    return List.of(new Parameter("weight", shape, Parameter.Role.LEARNED, initializer, fan, fan));
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.learnableInput(this, context);
  }
}
