package dev.trifocal.backend.onnx;

import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;

/** Tensors of uniform random numbers that depend on shape and seed only. */
final class RandomTensor {
  private RandomTensor() {}

  /** Returns numbers from -1 to 1. */
  static Tensor of(Shape shape, long seed) {
    return around(0, shape, seed);
  }

  /** Returns numbers from {@code mean - 1} to {@code mean + 1}. */
  static Tensor around(double mean, Shape shape, long seed) {
    RandomStream random = RandomStream.of(seed);
    return Tensor.floats(
        shape,
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (float) random.uniform(i, mean - 1, mean + 1));
          }
        });
  }
}
