package dev.trifocal.train;

import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;

/**
 * The factors of a dropout layer in training: 0 with probability {@code p}, or else {@code 1 / (1 -
 * p)}. They are a pure function of (seed, step, path, element), so that they are the same on every
 * engine and after a resume.
 */
public final class DropoutMask {
  private DropoutMask() {}

  /** Returns the mask of a step with a single batch. */
  public static Tensor of(long seed, long step, String path, double p, Shape shape) {
    return of(seed, step, path, p, shape, 0);
  }

  /**
   * Returns the mask of a micro-batch: the corresponding rows of the mask of one large batch.
   *
   * @param step number of the step, from 1
   * @param shape shape of the micro-batch, {@code [N, ...]}
   * @param earlier number of samples in earlier micro-batches of the same step
   */
  public static Tensor of(long seed, long step, String path, double p, Shape shape, long earlier) {
    RandomStream stream = RandomStream.of(seed).at("dropout").at(step).at(path);
    float kept = (float) (1 / (1 - p));
    return Tensor.floats(
        shape,
        buffer -> {
          long first = earlier * (buffer.capacity() / shape.size(0));
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, stream.uniform(first + i) < p ? 0 : kept);
          }
        });
  }
}
