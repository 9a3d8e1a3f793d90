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
 * A value that no layer makes.
 *
 * @param own why its node cannot be read; empty if only what it reads is to blame
 * @param causes barriers that its node reads
 */
public record UnsupportedValue(Optional<Obstacle> own, List<UnsupportedValue> causes)
    implements Operand {
  /**
   * A node that stands in the way.
   *
   * @param place in the file, by which obstacles are put in order
   * @param node its name in the file, or that of its first output
   */
  public record Obstacle(int place, String node, String operator, String reason) {
    /** For example {@code node 'Resize_21' (Resize): mode cubic has no layer}. */
    @Override
    public String toString() {
      return "node '%s' (%s): %s".formatted(node, operator, reason);
    }
  }

  public UnsupportedValue {
    causes = List.copyOf(causes);
  }

  /** Every node that stands in the way of some values, in the order of the file. */
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
