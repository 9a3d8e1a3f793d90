package dev.trifocal.trainer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What callbacks have made of a run so far, and what they keep themselves.
 *
 * @param rateFactor what the scheduled learning rate is multiplied by; 1 if nobody changed it
 * @param stopReason why a callback stopped the run; empty if none did
 * @param states numbers of callbacks, by the callback's name
 */
public record CallbackState(
    double rateFactor, Optional<String> stopReason, Map<String, Map<String, Double>> states) {
  /** Of a new run. */
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
