package dev.trifocal.onnx.importer;

import dev.trifocal.onnx.operand.OnnxNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds inputs {@code [N, H, W, C]} that the file itself turns into {@code [N, C, H, W]}. */
record ChannelsLast(List<OnnxNode> nodes) {
  private static final long[] TO_FRONT = {0, 3, 1, 2};
  private static final Set<String> ELEMENTWISE =
      Set.of("Add", "Sub", "Mul", "Div", "Identity", "Cast", "Relu", "Clip");

  /** Whether whatever reads a value puts its channels first, perhaps after some arithmetic. */
  boolean is(String value) {
    Set<String> same = new HashSet<>(Set.of(value));
    boolean moved = false;
    for (OnnxNode node : nodes) {
      if (node.inputs().stream().anyMatch(same::contains)) {
        if (ELEMENTWISE.contains(node.operator())) {
          same.addAll(node.outputs());
        } else if (node.operator().equals("Transpose")
            && Arrays.equals(node.integers("perm"), TO_FRONT)) {
          moved = true;
        } else {
          return false;
        }
      }
    }
    return moved;
  }
}
