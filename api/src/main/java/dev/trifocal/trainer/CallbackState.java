package dev.trifocal.trainer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The effects of callbacks on a run so far, and their own numbers.
 *
 * @param rateFactor factor of the scheduled learning rate; 1 if unchanged
 * @param stopReason reason why a callback stopped the run; empty if none did
 * @param states numbers of the callbacks, by callback name
 */
public record CallbackState(
    double rateFactor, Optional<String> stopReason, Map<String, Map<String, Double>> states) {
  /** The state of a new run. */
  public static final CallbackState NONE = new CallbackState(1, Optional.empty(), Map.of());

  public CallbackState {
    Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
    states.forEach(
        (name, state) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(state))));
    states = Collections.unmodifiableMap(copy);
  }

  CallbackState states(Map<String, Map<String, Double>> others) {
    return new CallbackState(rateFactor, stopReason, others);
  }
}
