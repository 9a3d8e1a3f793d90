package dev.trifocal.backend.djl;

import dev.trifocal.profile.StepPhase;
import java.util.List;

/**
 * What runs between a mark in a trace and the next one.
 *
 * @param layers paths of the layers; none if it belongs to no single layer
 * @param backward for a backward pass, the layers whose values autograd recorded, in the order of
 *     the backward pass
 */
record TraceMark(StepPhase phase, List<String> layers, List<String> backward) {
  TraceMark {
    layers = List.copyOf(layers);
    backward = List.copyOf(backward);
  }

  static TraceMark of(StepPhase phase, List<String> layers) {
    return new TraceMark(phase, layers, List.of());
  }
}
