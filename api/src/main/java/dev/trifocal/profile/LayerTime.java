package dev.trifocal.profile;

import java.util.List;
import java.util.Map;

/**
 * The time of one layer, or of layers that the engine fused, in a step.
 *
 * @param layers paths of the layers; none for operators that belong to no layer
 * @param milliseconds mean time per step, by phase
 */
public record LayerTime(List<String> layers, Map<StepPhase, Double> milliseconds) {
  public LayerTime {
    layers = List.copyOf(layers);
    milliseconds = Map.copyOf(milliseconds);
  }

  /** Returns the mean time per step in a phase, in milliseconds. */
  public double in(StepPhase phase) {
    return milliseconds.getOrDefault(phase, 0.0);
  }

  /** Returns the mean time per step in all phases, in milliseconds. */
  public double total() {
    return milliseconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
