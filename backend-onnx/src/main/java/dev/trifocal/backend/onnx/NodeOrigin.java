package dev.trifocal.backend.onnx;

import dev.trifocal.profile.StepPhase;
import java.util.List;

/**
 * Where a node of a model comes from.
 *
 * @param layers paths of its layers in the order of the graph; several if they were fused
 * @param phase the part of the step
 */
record NodeOrigin(List<String> layers, StepPhase phase) {
  static final NodeOrigin UNKNOWN = new NodeOrigin(List.of(), StepPhase.UNKNOWN);
}
