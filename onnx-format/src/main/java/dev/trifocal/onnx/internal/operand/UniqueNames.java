package dev.trifocal.onnx.internal.operand;

import java.util.HashMap;
import java.util.Map;

/** Gives each name once; who comes later gets a number. */
public final class UniqueNames {
  private static final int SECOND = 2;

  /** By each name that is taken, the number to try next for it. */
  private final Map<String, Integer> next = new HashMap<>();

  public String unique(String wanted) {
    String name = wanted;
    while (next.putIfAbsent(name, SECOND) != null) {
      name = wanted + "_" + (next.merge(wanted, 1, Integer::sum) - 1);
    }
    return name;
  }
}
