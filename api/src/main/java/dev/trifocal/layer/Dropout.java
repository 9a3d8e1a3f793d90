package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * During training, sets each element to zero with probability {@code p} and divides the others by
 * {@code 1 - p}; evaluation and frozen layers leave the input unchanged. {@code 0 <= p < 1}. The
 * mask is a pure function of (seed, step, path), see {@link dev.trifocal.train.DropoutMask}.
 */
public record Dropout(double p) implements Layer {
  public Dropout {
    if (!(p >= 0 && p < 1)) {
      throw new GraphException("(Dropout) p must be at least 0 and below 1, but is " + p);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return InputChecks.one(this, inputs);
  }

  @Override
  public boolean isStochastic() {
    return p > 0;
  }

  @Override
  public boolean keepsElements() {
    return true;
  }

  @Override
  public Storage storage() {
    return Storage.VIEW_IN_EVALUATION;
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.dropout(this, context);
  }
}
