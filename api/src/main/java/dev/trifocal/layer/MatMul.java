package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Matrix product of two inputs, {@code [..., M, K]} and {@code [..., K, N]} to {@code [..., M, N]},
 * for each sample; leading axes must be equal. See {@link Dense} for a product with learned
 * weights.
 */
public record MatMul() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw new GraphException("(MatMul) needs two inputs, but has " + inputs.size());
    }
    Shape first = inputs.get(0);
    Shape second = inputs.get(1);
    int rank = first.rank();
    boolean fits =
        rank >= 2
            && second.rank() == rank
            && first.sizes().subList(0, rank - 2).equals(second.sizes().subList(0, rank - 2))
            && first.size(rank - 1) == second.size(rank - 2);
    if (!fits) {
      throw new GraphException(
          "(MatMul) needs [..., M, K] and [..., K, N], but has " + InputChecks.list(inputs));
    }
    return first.with(rank - 1, second.size(rank - 1));
  }

  @Override
  public boolean batched(List<Boolean> inputs) {
    return InputChecks.sameRows(this, inputs);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.matMul(this, context);
  }
}
