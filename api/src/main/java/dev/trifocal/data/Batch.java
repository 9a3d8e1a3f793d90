package dev.trifocal.data;

import dev.trifocal.tensor.Tensor;

/**
 * @param inputs float32 {@code [N, C, H, W]}
 * @param labels int64 {@code [N]} class ids, or float32 {@code [N, ...]}
 */
public record Batch(Tensor inputs, Tensor labels) {
  public int size() {
    return inputs.shape().size(0);
  }
}
