package dev.trifocal.onnx.importer;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Detects inputs {@code [N, H, W, C]} that the file itself transposes to {@code [N, C, H, W]}.
 *
 * @param readers nodes that take each value, by the value's name
 */
record ChannelsLast(Map<String, List<OnnxNode>> readers) {
  private static final List<Long> TO_FRONT = List.of(0L, 3L, 1L, 2L);
  private static final Set<String> ELEMENTWISE =
      Set.of("Add", "Sub", "Mul", "Div", "Identity", "Cast", "Relu", "Clip", "Sigmoid", "Tanh");

  static ChannelsLast of(List<OnnxNode> nodes) {
    Map<String, List<OnnxNode>> readers = new HashMap<>();
    for (OnnxNode node : nodes) {
      Set.copyOf(node.inputs())
          .forEach(input -> readers.computeIfAbsent(input, i -> new ArrayList<>()).add(node));
    }
    return new ChannelsLast(readers);
  }

  /**
   * Returns whether every consumer of a value transposes it to channels first, possibly after
   * elementwise arithmetic.
   */
  boolean is(String value) {
    Set<String> same = new HashSet<>(Set.of(value));
    Deque<String> open = new ArrayDeque<>(same);
    boolean moved = false;
    while (!open.isEmpty()) {
      for (OnnxNode node : readers.getOrDefault(open.remove(), List.of())) {
        if (ELEMENTWISE.contains(node.operator())) {
          node.outputs().stream().filter(same::add).forEach(open::add);
        } else if (movesToFront(node)) {
          moved = true;
        } else {
          return false;
        }
      }
    }
    return moved;
  }

  private static boolean movesToFront(OnnxNode node) {
    try {
      return node.operator().equals("Transpose")
          && Arrays.stream(node.integers("perm")).boxed().toList().equals(TO_FRONT);
    } catch (GraphException e) {
      // Reading the node reports the error with its name.
      return false;
    }
  }
}
