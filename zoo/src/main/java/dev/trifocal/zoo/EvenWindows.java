package dev.trifocal.zoo;

import java.util.ArrayList;
import java.util.List;

/**
 * Evenly spaced windows of equal length along an axis.
 *
 * @param start the start of the first window
 * @param length the length of each window
 * @param step the distance between the starts of two windows
 * @param count the number of windows
 */
record EvenWindows(int start, int length, int step, int count) {
  /** Splits the windows of adaptive pooling into as few evenly spaced groups as possible. */
  static List<EvenWindows> of(int inputs, int outputs) {
    List<EvenWindows> runs = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      int start = i * inputs / outputs;
      int length = ((i + 1) * inputs + outputs - 1) / outputs - start;
      EvenWindows last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (last != null && last.continuesAt(start, length)) {
        runs.set(runs.size() - 1, last.and(start));
      } else {
        runs.add(new EvenWindows(start, length, 1, 1));
      }
    }
    return runs;
  }

  /** Returns the index after the last input of the windows. */
  int end() {
    return start + (count - 1) * step + length;
  }

  private boolean continuesAt(int next, int nextLength) {
    return nextLength == length && (count == 1 ? next > start : next == start + count * step);
  }

  private EvenWindows and(int next) {
    return new EvenWindows(start, length, count == 1 ? next - start : step, count + 1);
  }
}
