package dev.trifocal.testkit.randomgraph;

import static dev.trifocal.layer.Layer.sigmoid;
import static dev.trifocal.layer.Layer.tanh;

import dev.trifocal.graph.Value;
import java.util.List;

/** Arithmetic functions within their smooth ranges, and operations on the whole batch. */
final class ArithmeticOperations {
  private ArithmeticOperations() {}

  static List<GraphOperation> of(Value x, OperationChoice move) {
    return List.of(
        x::abs,
        () -> x.then(tanh()).exp(),
        () -> positive(x).log(),
        () -> positive(x).sqrt(),
        () -> positive(x).power(move.first(-3, 3) / 2.0),
        () -> x.times(0.75).minus(0.5),
        x::batchMean,
        () -> x.batchSum().times(0.5),
        () -> x.minus(x.batchMean()));
  }

  private static Value positive(Value x) {
    return x.then(sigmoid()).plus(0.5);
  }
}
