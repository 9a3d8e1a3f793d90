package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Inputs one after another along the channels, the first axis of a sample; all other axes must
 * agree.
 */
public record Concat() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape first = Inputs.several(this, inputs).get(0);
    long channels = 0;
    for (Shape other : inputs) {
      if (other.rank() == 0
          || other.rank() != first.rank()
          || !other.with(0, 1).equals(first.with(0, 1))) {
        throw new GraphException(
            "(Concat) needs inputs that differ in channels only, but has " + Inputs.list(inputs));
      }
      channels += other.size(0);
    }
    if (channels > Integer.MAX_VALUE) {
      throw new GraphException("(Concat) makes too many channels, " + channels);
    }
    return first.with(0, (int) channels);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.concat(this, context);
  }
}
