package dev.trifocal.testkit;

import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.nio.FloatBuffer;

/** What a step of plain gradient descent shows. */
interface Differences {
  /** The gradient behind a step at rate 1. */
  static Tensor gradient(Weights before, Weights after, String name) {
    return gradient(before, after, name, 1);
  }

  /**
   * @param rate of the step; a large power of two keeps small gradients of large weights exact
   */
  static Tensor gradient(Weights before, Weights after, String name, int rate) {
    FloatBuffer from = before.tensor(name).floats();
    FloatBuffer to = after.tensor(name).floats();
    return Tensor.floats(
        before.tensor(name).shape(),
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (from.get(i) - to.get(i)) / rate);
          }
        });
  }
}
