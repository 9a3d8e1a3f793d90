package dev.trifocal.testkit;

import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.nio.FloatBuffer;
import java.util.Set;
import java.util.TreeSet;

/** The changes of weights in training. */
final class WeightChanges {
  private WeightChanges() {}

  /** Returns the gradient of a step at rate 1. */
  static Tensor gradient(Weights before, Weights after, String name) {
    return gradient(before, after, name, 1);
  }

  /**
   * Returns the gradient of a step.
   *
   * @param rate the learning rate of the step; a large power of two keeps small gradients of large
   *     weights exact
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

  /** Returns the names of the weights that are not bitwise equal. */
  static Set<String> changed(Weights before, Weights after) {
    Set<String> result = new TreeSet<>();
    before
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (!tensor.equals(after.tensor(name))) {
                result.add(name);
              }
            });
    return result;
  }
}
