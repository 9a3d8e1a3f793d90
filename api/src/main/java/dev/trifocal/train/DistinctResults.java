package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sees to it that each result of an optimizer is a value of its own. A formula may hand back what
 * it was given (the gradient as a slot, say) or one value twice; engines, which release what a step
 * replaces, could then release it twice.
 *
 * @param given what the formula was given
 */
record DistinctResults<T>(Optimizer optimizer, Arithmetic<T> math, List<T> given) {
  /**
   * @throws ConfigurationException if slots are missing, or were never named
   */
  Optimizer.Update<T> of(Optimizer.Update<T> update) {
    List<String> names = optimizer.slots();
    if (update.slots().size() != names.size() || !update.slots().keySet().containsAll(names)) {
      throw new ConfigurationException(
          "%s names the slots %s, but its update gives %s"
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

  /** Handles are compared, not what an engine's array holds; names of ONNX values by their text. */
  private static boolean same(Object one, Object other) {
    return one == other || one instanceof String && one.equals(other);
  }
}
