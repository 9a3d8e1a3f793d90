package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;

/**
 * A source with learned values, like a PyTorch {@code Parameter} used directly. It takes no inputs
 * and repeats its values for each sample of a batch; the gradients are summed. In a graph without
 * inputs, the batch size is 1. To optimise an image (style transfer, class visualisation), train a
 * graph in which nothing else is trainable.
 *
 * <p>Parameter: {@code weight} of the given shape.
 */
public record LearnableInput(Shape shape, Initializer initializer) implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (!inputs.isEmpty()) {
      throw new GraphException(
          "(LearnableInput) takes no inputs, but has " + InputChecks.list(inputs));
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
