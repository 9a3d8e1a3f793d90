package dev.trifocal.train;

import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;

/**
 * What a dropout layer multiplies its input with while training: 0 with probability {@code p}, else
 * {@code 1 / (1 - p)}. A pure function of (seed, step, path, element): the same on every engine,
 * and after a resume.
 */
public interface DropoutMask {
  /**
   * @param step 1 for the first
   * @param shape of the whole batch, {@code [N, ...]}
   */
  static Tensor of(long seed, long step, String path, double p, Shape shape) {
    RandomStream stream = RandomStream.of(seed).at("dropout").at(step).at(path);
    float kept = (float) (1 / (1 - p));
    return Tensor.floats(
        shape,
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, stream.uniform(i) < p ? 0 : kept);
          }
        });
  }
}
