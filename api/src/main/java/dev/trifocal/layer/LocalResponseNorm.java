package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Local response normalisation across channels (Krizhevsky et al. 2012): {@code y[c] = x[c] / (k +
 * alpha / size * sum x[i]^2) ^ beta} for the existing channels {@code i} from {@code c - size / 2}
 * to {@code c + (size - 1) / 2}. As in PyTorch and ONNX, alpha is divided by the size; in the paper
 * it is not.
 */
public record LocalResponseNorm(int size, double alpha, double beta, double k) implements Layer {
  public LocalResponseNorm {
    if (size <= 0) {
      throw new GraphException("(LocalResponseNorm) size must be positive, but is " + size);
    }
    if (!(k > 0 && alpha >= 0)) {
      throw new GraphException(
          "(LocalResponseNorm) k must be positive and alpha 0 or more, but are %s and %s"
              .formatted(k, alpha));
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return InputChecks.image(this, inputs);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.localResponseNorm(this, context);
  }
}
