package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * The sum or mean over the samples of a batch, element by element: {@code [N, ...] -> [1, ...]},
 * {@code torch.sum(x, 0, keepdim=True)}. The output is not batched: it has one row regardless of
 * the number of samples, which elementwise layers broadcast to the samples of another input.
 *
 * @param reduction {@code SUM} or {@code MEAN}
 */
public record BatchReduce(Reduce.Reduction reduction) implements Layer {
  public BatchReduce {
    if (reduction != Reduce.Reduction.SUM && reduction != Reduce.Reduction.MEAN) {
      throw new GraphException("(BatchReduce) takes SUM or MEAN, but not " + reduction);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return InputChecks.one(this, inputs);
  }

  @Override
  public boolean batched(List<Boolean> inputs) {
    return false;
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.batchReduce(this, context);
  }
}
