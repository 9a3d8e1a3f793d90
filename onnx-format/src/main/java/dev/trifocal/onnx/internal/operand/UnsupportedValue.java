package dev.trifocal.onnx.internal.operand;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A value that no layer can produce.
 *
 * @param own why its node cannot be read; empty if only its inputs are unsupported
 * @param causes unsupported inputs of its node
 */
public record UnsupportedValue(Optional<Obstacle> own, List<UnsupportedValue> causes)
    implements Operand {
  /**
   * A node that cannot be read.
   *
   * @param place position in the file, by which obstacles are sorted
   * @param node the node's name, or the name of its first output
   */
  public record Obstacle(int place, String node, String operator, String reason) {
    /**
     * Formats the obstacle, such as {@code node 'Resize_21' (Resize): mode cubic is not supported}.
     */
    @Override
    public String toString() {
      return "node '%s' (%s): %s".formatted(node, operator, reason);
    }
  }

  public UnsupportedValue {
    causes = List.copyOf(causes);
  }

  /** Returns all nodes that make values unsupported, in the order of the file. */
  public static List<Obstacle> obstacles(List<UnsupportedValue> unsupporteds) {
    Set<Obstacle> found = new LinkedHashSet<>();
    Set<UnsupportedValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<UnsupportedValue> open = new ArrayList<>(unsupporteds);
    while (!open.isEmpty()) {
      UnsupportedValue unsupported = open.remove(open.size() - 1);
      if (seen.add(unsupported)) {
        unsupported.own.ifPresent(found::add);
        open.addAll(unsupported.causes);
      }
    }
    List<Obstacle> result = new ArrayList<>(found);
    result.sort(Comparator.comparingInt(Obstacle::place));
    return result;
  }
}
