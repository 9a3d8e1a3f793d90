package dev.trifocal.onnx.internal.operand;

import dev.trifocal.layer.Padding;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** How a node can pass over the piece that it reads, because its own layer does that work too. */
public sealed interface LayerFusion {
  /** Zeros around an image, which a convolution can add itself. */
  record Padded(PendingNode bare, Padding padding) implements LayerFusion {}

  /**
   * A vector of the elements of {@code bare} with its axes in another order; a dense layer can have
   * its weights in that order instead.
   *
   * @param order axis {@code i} as the file sees it is axis {@code order(i)} of {@code bare}
   */
  record Reordered(PendingNode bare, List<Integer> order) implements LayerFusion {}

  /** One number per channel to multiply with, and one to add. */
  record Scaled(PendingNode bare, double[] scale, double[] shift) implements LayerFusion {}

  /** No less than one number and no more than another. */
  record Bounded(PendingNode bare, double low, double high) implements LayerFusion {}

  /**
   * A layer without a bias.
   *
   * @param biased makes the layer with a bias {@code [C]} instead
   */
  record Unbiased(Function<Tensor, PendingNode> biased) implements LayerFusion {}
}
