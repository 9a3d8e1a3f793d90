package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ensures that the results of an optimizer are distinct values. A formula may return an argument
 * (the gradient as a slot, for example) or the same value twice; engines, which release what a step
 * replaces, would then release it twice.
 *
 * @param given the arguments of the formula
 */
record DistinctResults<T>(Optimizer optimizer, Arithmetic<T> math, List<T> given) {
  /**
   * Returns an update with distinct results.
   *
   * @throws ConfigurationException if slots are missing or unknown
   */
  Optimizer.Update<T> of(Optimizer.Update<T> update) {
    List<String> names = optimizer.slots();
    if (update.slots().size() != names.size() || !update.slots().keySet().containsAll(names)) {
      throw new ConfigurationException(
          "%s declares the slots %s, but its update returns %s"
              .formatted(optimizer.getClass().getName(), names, update.slots().keySet()));
    }
    List<T> taken = new ArrayList<>(given);
    T weight = own(update.weight(), taken);
    Map<String, T> slots = new LinkedHashMap<>();
    names.forEach(name -> slots.put(name, own(update.slots().get(name), taken)));
    return new Optimizer.Update<>(weight, slots);
  }

  private T own(T value, List<T> taken) {
    T result =
        taken.stream().anyMatch(other -> same(other, value))
            ? math.multiply(value, math.constant(1))
            : value;
    taken.add(result);
    return result;
  }

  /** Compares handles, not the contents of arrays; names of ONNX values are compared as text. */
  private static boolean same(Object one, Object other) {
    return one == other || one instanceof String && one.equals(other);
  }
}
