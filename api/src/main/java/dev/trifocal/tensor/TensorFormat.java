package dev.trifocal.tensor;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Formats a tensor's elements as NumPy prints them. */
final class TensorFormat {
  /** The number of elements above which the middle of long axes is omitted. */
  private static final int MANY = 1000;

  /** The number of elements shown at each end of an abbreviated axis. */
  private static final int EDGE = 3;

  /** Beyond these magnitudes, numbers are shown in scientific notation. */
  private static final double LARGE = 1e6;

  private static final double SMALL = 1e-4;

  private final Tensor tensor;
  private final Map<Integer, String> texts = new TreeMap<>();
  private final int width;

  private TensorFormat(Tensor tensor) {
    this.tensor = tensor;
    Map<Integer, Double> shown = new TreeMap<>();
    collect(0, 0, shown);
    String pattern = pattern(shown.values());
    shown.forEach((index, value) -> texts.put(index, text(pattern, value, index)));
    this.width = texts.values().stream().mapToInt(String::length).max().orElse(0);
  }

  static String of(Tensor tensor) {
    StringBuilder text = new StringBuilder();
    new TensorFormat(tensor).write(0, 0, text);
    return text.toString();
  }

  private void collect(int axis, int index, Map<Integer, Double> shown) {
    if (axis == tensor.shape().rank()) {
      shown.put(index, number(index));
      return;
    }
    int size = tensor.shape().size(axis);
    for (int i = 0; i < size; i++) {
      i = next(i, size);
      collect(axis + 1, index * size + i, shown);
    }
  }

  private void write(int axis, int index, StringBuilder text) {
    int rank = tensor.shape().rank();
    if (axis == rank) {
      text.append(" ".repeat(width - texts.get(index).length())).append(texts.get(index));
      return;
    }
    int size = tensor.shape().size(axis);
    String between =
        axis == rank - 1 ? ", " : "," + "\n".repeat(rank - 1 - axis) + " ".repeat(axis + 1);
    text.append("[");
    for (int i = 0; i < size; i++) {
      int next = next(i, size);
      text.append(i == 0 ? "" : between).append(next == i ? "" : "..." + between);
      i = next;
      write(axis + 1, index * size + i, text);
    }
    text.append("]");
  }

  /** Returns the index, or the first one after the omitted elements. */
  private int next(int index, int size) {
    boolean left = tensor.shape().elements() > MANY && size > 2 * EDGE && index == EDGE;
    return left ? size - EDGE : index;
  }

  private static String pattern(Collection<Double> values) {
    double most = 0;
    double least = Double.POSITIVE_INFINITY;
    boolean whole = true;
    for (double value : values) {
      if (Double.isFinite(value)) {
        most = Math.max(most, Math.abs(value));
        least = value == 0 ? least : Math.min(least, Math.abs(value));
        whole &= value == Math.rint(value);
      }
    }
    if (most >= LARGE || !whole && least < SMALL) {
      return "%.4e";
    }
    return whole ? "%.0f" : "%.4f";
  }

  private String text(String pattern, double value, int index) {
    return switch (tensor.type()) {
      case INT64 -> String.valueOf(tensor.bytes().asLongBuffer().get(index));
      case INT32, UINT8 -> String.valueOf((long) value);
      case FLOAT32, FLOAT64 ->
          Double.isFinite(value) ? String.format(Locale.ROOT, pattern, value) : nonFinite(value);
    };
  }

  private static String nonFinite(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  }

  private double number(int index) {
    return switch (tensor.type()) {
      case FLOAT32 -> tensor.bytes().asFloatBuffer().get(index);
      case FLOAT64 -> tensor.bytes().asDoubleBuffer().get(index);
      case INT32 -> tensor.bytes().asIntBuffer().get(index);
      case INT64 -> tensor.bytes().asLongBuffer().get(index);
      case UINT8 -> tensor.bytes().get(index) & 0xFF;
    };
  }
}
