package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;

/**
 * Temporary memory of ONNX Runtime's operators while they run, in bytes.
 *
 * @param inArena memory from the arena
 * @param beside memory from the system
 */
record OperatorWorkspace(long inArena, long beside) {
  private static final int IMAGES = 4;
  private static final OperatorWorkspace NONE = new OperatorWorkspace(0, 0);

  /** A scan holds two intermediate states, and its body the sample's contribution to the sum. */
  private static final int SCAN_STATES = 3;

  static OperatorWorkspace of(NodeProto node, OptimisedStep step) {
    StepValue result = step.value(node.getOutput(0));
    return switch (node.getOpType()) {
      case "Scan" -> new OperatorWorkspace(SCAN_STATES * result.bytes(), 0);
      case "ScatterElements" ->
          // The indices are copied into 64-bit numbers.
          new OperatorWorkspace(0, step.value(node.getInput(1)).bytes());
      case "Conv", "FusedConv" ->
          node.getDomain().contains("nchwc")
              ? NONE
              : new OperatorWorkspace(
                  columns(step.value(node.getInput(1)).sizes(), result.sizes()), 0);
      default -> NONE;
    };
  }

  /**
   * Returns what a convolution expands its images to. Only if it has more filters than a result has
   * pixels does it expand a whole image; weight gradients are such convolutions, with the batch as
   * channels.
   */
  private static long columns(List<Long> filters, List<Long> result) {
    if (filters.size() != IMAGES || result.size() != IMAGES) {
      return 0;
    }
    long pixels = result.get(2) * result.get(3);
    long window = filters.get(2) * filters.get(3);
    boolean expands = filters.get(0) > pixels && window > 1;
    return expands ? Float.BYTES * pixels * window * filters.get(1) : 0;
  }
}
