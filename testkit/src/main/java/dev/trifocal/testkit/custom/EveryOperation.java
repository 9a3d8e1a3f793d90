package dev.trifocal.testkit.custom;

import dev.trifocal.train.Arithmetic;
import dev.trifocal.train.Optimizer;
import java.util.List;
import java.util.Map;

/** An optimizer that applies each operation once, each with its own slot, to arrays and numbers. */
public record EveryOperation(double learningRate) implements Optimizer {
  @Override
  public EveryOperation learningRate(double value) {
    return new EveryOperation(value);
  }

  @Override
  public EveryOperation weightDecay(double value) {
    return this;
  }

  @Override
  public List<String> slots() {
    return List.of(
        "add",
        "subtract",
        "multiply",
        "divide",
        "sqrt",
        "exp",
        "power",
        "abs",
        "sign",
        "minimum",
        "maximum",
        "sum");
  }

  @Override
  public List<String> scalars() {
    return List.of(LEARNING_RATE, "half");
  }

  @Override
  public Map<String, Double> scalars(long step, double rate) {
    return Map.of(LEARNING_RATE, rate, "half", rate / 2);
  }

  @Override
  public <T> Update<T> update(
      Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
    T one = math.constant(1);
    T half = scalars.get("half");
    T size = math.abs(weight);
    T number = math.sum(math.multiply(gradient, gradient));
    return new Update<>(
        math.subtract(weight, math.multiply(scalars.get(LEARNING_RATE), gradient)),
        Map.ofEntries(
            Map.entry("add", math.add(weight, half)),
            Map.entry("subtract", math.subtract(one, weight)),
            Map.entry("multiply", math.multiply(weight, slots.get("add"))),
            Map.entry("divide", math.divide(weight, math.add(one, size))),
            Map.entry("sqrt", math.sqrt(size)),
            Map.entry("exp", math.exp(weight)),
            Map.entry("power", math.power(size, math.add(one, half))),
            Map.entry("abs", size),
            Map.entry("sign", math.sign(weight)),
            Map.entry("minimum", math.minimum(weight, math.constant(0.1))),
            Map.entry("maximum", math.maximum(math.constant(-0.1), weight)),
            Map.entry("sum", math.multiply(weight, number))));
  }
}
