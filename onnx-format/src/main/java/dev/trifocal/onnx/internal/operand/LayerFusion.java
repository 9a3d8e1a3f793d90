package dev.trifocal.onnx.internal.operand;

import dev.trifocal.layer.Padding;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/**
 * How a node can bypass the piece that it takes as input because its own layer can do that work as
 * well.
 */
public sealed interface LayerFusion {
  /** Zero padding of an image, which a convolution can do itself. */
  record Padded(PendingNode bare, Padding padding) implements LayerFusion {}

  /**
   * A flattened {@code bare} with its axes permuted; a dense layer can permute its weights instead.
   *
   * @param order axis {@code i} in the file is axis {@code order(i)} of {@code bare}
   */
  record Reordered(PendingNode bare, List<Integer> order) implements LayerFusion {}

  /** A scale and a shift per channel. */
  record Scaled(PendingNode bare, double[] scale, double[] shift) implements LayerFusion {}

  /** A clip to a range. */
  record Bounded(PendingNode bare, double low, double high) implements LayerFusion {}

  /**
   * A layer without a bias.
   *
   * @param biased returns the layer with the given bias {@code [C]}
   */
  record Unbiased(Function<Tensor, PendingNode> biased) implements LayerFusion {}
}
