package dev.trifocal.profile;

import java.util.List;

/**
 * The calls of one operator for one layer in one phase.
 *
 * @param operator name of the operator in the engine, such as {@code Conv}
 * @param layers paths of the layers; several if the engine fused them into one operator, none if
 *     the engine does not tell
 * @param phase the part of the step
 * @param calls number of calls in all profiled steps
 * @param milliseconds time spent in these calls, in all profiled steps
 */
public record ProfileEntry(
    String operator, List<String> layers, StepPhase phase, long calls, double milliseconds) {
  public ProfileEntry {
    layers = List.copyOf(layers);
  }
}
