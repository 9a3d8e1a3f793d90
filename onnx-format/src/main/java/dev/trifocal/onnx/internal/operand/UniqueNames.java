package dev.trifocal.onnx.internal.operand;

import java.util.HashMap;
import java.util.Map;

/** Makes names unique by appending a number to repeated ones. */
public final class UniqueNames {
  private static final int SECOND = 2;

  /** The next number to try for each name in use. */
  private final Map<String, Integer> next = new HashMap<>();

  public String unique(String wanted) {
    String name = wanted;
    while (next.putIfAbsent(name, SECOND) != null) {
      name = wanted + "_" + (next.merge(wanted, 1, Integer::sum) - 1);
    }
    return name;
  }
}
