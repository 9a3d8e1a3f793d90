package dev.trifocal.zoo;

import dev.trifocal.graph.Value;
import java.util.function.BiFunction;

/** The layers between input and outputs. */
@FunctionalInterface
public interface Network {
  /** Draws everything, auxiliary heads included; who needs none leaves them out afterwards. */
  NetworkOutputs build(Value image, ModelOptions options);

  /** A network with one output. */
  static Network of(BiFunction<Value, ModelOptions, Value> drawing) {
    return (image, options) -> NetworkOutputs.of(drawing.apply(image, options));
  }
}
