package dev.trifocal.train;

import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;

/**
 * What a dropout layer multiplies its input with while training: 0 with probability {@code p}, else
 * {@code 1 / (1 - p)}. A pure function of (seed, step, path, element): the same on every engine,
 * and after a resume.
 */
public final class DropoutMask {
  private DropoutMask() {}

  /** The mask of a step of one batch. */
  public static Tensor of(long seed, long step, String path, double p, Shape shape) {
    return of(seed, step, path, p, shape, 0);
  }

  /**
   * The mask of a micro-batch: the rows that the mask of one large batch would have.
   *
   * @param step 1 for the first
   * @param shape of the micro-batch, {@code [N, ...]}
   * @param earlier samples of the same step in earlier micro-batches
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
