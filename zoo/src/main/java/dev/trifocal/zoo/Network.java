package dev.trifocal.zoo;

import dev.trifocal.graph.Value;
import java.util.function.BiFunction;

/** Builds the layers of a network between its input and outputs. */
@FunctionalInterface
public interface Network {
  /** Builds the network including its auxiliary heads, which can be removed from the graph. */
  NetworkOutputs build(Value image, ModelOptions options);

  /** Returns a network with one output. */
  static Network of(BiFunction<Value, ModelOptions, Value> drawing) {
    return (image, options) -> NetworkOutputs.of(drawing.apply(image, options));
  }
}
