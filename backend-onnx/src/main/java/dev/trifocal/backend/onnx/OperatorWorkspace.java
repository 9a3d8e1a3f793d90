package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;

/**
 * Temporary memory of ONNX Runtime's operators while they run, in bytes.
 *
 * @param inArena allocations in the arena
 * @param beside memory from the system
 */
record OperatorWorkspace(List<Long> inArena, long beside) {
  private static final OperatorWorkspace NONE = new OperatorWorkspace(List.of(), 0);

  /** A scan holds two intermediate states, and its body the sample's contribution to the sum. */
  private static final int SCAN_STATES = 3;

  static OperatorWorkspace of(NodeProto node, OptimisedStep step) {
    StepValue result = step.value(node.getOutput(0));
    return switch (node.getOpType()) {
      case "Scan" -> inArena(SCAN_STATES * result.bytes());
      case "ScatterElements" ->
          // The indices are copied into 64-bit numbers.
          new OperatorWorkspace(List.of(), step.value(node.getInput(1)).bytes());
      case "Softmax", "LogSoftmax" -> {
        long axis = NodeAttributes.of(node, "axis").findFirst().orElse(-1);
        boolean last = axis == -1 || axis == result.sizes().size() - 1;
        // Other axes are exchanged with the last one, before and after.
        yield last ? NONE : inArena(result.bytes(), result.bytes());
      }
      case "LRN" -> {
        // The scale of each value, and the squares of one image with padding between channels.
        long window = NodeAttributes.of(node, "size").findFirst().orElseThrow() - 1;
        long pixels = result.sizes().get(2) * result.sizes().get(3);
        long channels = result.sizes().get(1) + window;
        yield inArena(result.bytes(), channels * pixels * Float.BYTES);
      }
      case "Conv", "FusedConv" ->
          node.getDomain().contains("nchwc")
              ? NONE
              : inArena(ConvolutionWorkspace.ofConvolution(node, step));
      case "ConvTranspose" -> inArena(ConvolutionWorkspace.ofTransposedConvolution(node, step));
      default -> NONE;
    };
  }

  private static OperatorWorkspace inArena(Long... bytes) {
    return new OperatorWorkspace(
        List.of(bytes).stream().filter(allocation -> allocation > 0).toList(), 0);
  }
}
