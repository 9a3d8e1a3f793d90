package dev.trifocal.apps.zoo;

import dev.trifocal.graph.Graph;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * A value for every tensor of a network, made from its name: bit by bit what {@code
 * zoo/golden/stream_weights.py} makes, which says why they are as they are.
 */
record NamedRandomWeights(RandomStream stream, double variance) {
  Weights of(Graph graph) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    graph.weightShapes().forEach((name, shape) -> result.put(name, tensor(name, shape)));
    return new Weights(result);
  }

  Tensor image(Shape batch) {
    return fill("input", batch, u -> 4 * u - 2);
  }

  private Tensor tensor(String name, Shape shape) {
    if (name.endsWith("running_var")) {
      return fill(name, shape, u -> variance * (1 + u));
    }
    if (name.endsWith("running_mean")) {
      return fill(name, shape, u -> 0.4 * u - 0.2);
    }
    if (shape.rank() > 1) {
      long fanIn = shape.elements() / shape.size(0);
      double bound = Math.sqrt(6.0 / fanIn);
      return fill(name, shape, u -> (2 * u - 1) * bound);
    }
    return fill(name, shape, name.endsWith("weight") ? u -> 0.5 + u : u -> 0.2 * u - 0.1);
  }

  private Tensor fill(String name, Shape shape, DoubleUnaryOperator value) {
    RandomStream own = stream.at(name);
    return Tensor.floats(
        shape,
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (float) value.applyAsDouble(own.uniform(i)));
          }
        });
  }
}
