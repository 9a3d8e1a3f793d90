package dev.trifocal.apps.zoo;

import dev.trifocal.graph.Graph;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights for networks of a hundred million of them, in no time: one ribbon of random numbers,
 * again and again, beginning elsewhere for each tensor.
 *
 * @param ribbon within [0, 1)
 * @param variance of running statistics
 */
record RepeatingWeights(float[] ribbon, double variance) {
  /** A prime, so that no axis of a tensor fits it. */
  private static final int LENGTH = 65_537;

  static RepeatingWeights of(double variance) {
    RandomStream stream = RandomStream.of(3);
    float[] ribbon = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      ribbon[i] = stream.uniform(i);
    }
    return new RepeatingWeights(ribbon, variance);
  }

  Weights of(Graph graph) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    graph.weightShapes().forEach((name, shape) -> result.put(name, tensor(name, shape)));
    return new Weights(result);
  }

  Tensor image(Shape batch) {
    return fill("image", batch, 4, -2);
  }

  private Tensor tensor(String name, Shape shape) {
    if (name.endsWith("running_var")) {
      return fill(name, shape, variance, variance);
    }
    if (shape.rank() > 1) {
      double bound = Math.sqrt(6.0 / ((double) shape.elements() / shape.size(0)));
      return fill(name, shape, 2 * bound, -bound);
    }
    return name.endsWith("weight") ? fill(name, shape, 1, 0.5) : fill(name, shape, 0.2, -0.1);
  }

  private Tensor fill(String name, Shape shape, double scale, double shift) {
    float[] scaled = new float[LENGTH];
    int start = Math.floorMod(name.hashCode(), LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      scaled[i] = (float) (ribbon[(start + i) % LENGTH] * scale + shift);
    }
    return Tensor.floats(
        shape,
        buffer -> {
          while (buffer.hasRemaining()) {
            buffer.put(scaled, 0, Math.min(LENGTH, buffer.remaining()));
          }
        });
  }
}
