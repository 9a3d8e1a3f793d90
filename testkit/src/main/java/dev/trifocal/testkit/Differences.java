package dev.trifocal.testkit;

import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.nio.FloatBuffer;

/** What a step of plain gradient descent at rate 1 shows. */
interface Differences {
  static Tensor gradient(Weights before, Weights after, String name) {
    return minus(before.tensor(name), after.tensor(name));
  }

  static Tensor minus(Tensor a, Tensor b) {
    FloatBuffer first = a.floats();
    FloatBuffer second = b.floats();
    return Tensor.floats(
        a.shape(),
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, first.get(i) - second.get(i));
          }
        });
  }
}
