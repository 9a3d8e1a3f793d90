package dev.trifocal.zoo;

import java.util.ArrayList;
import java.util.List;

/**
 * Windows of one length at equal distances along an axis.
 *
 * @param start where the first window begins
 * @param length of each
 * @param step from one to the next
 * @param count of windows
 */
record EvenWindows(int start, int length, int step, int count) {
  /** The windows of adaptive pooling, as many as possible in each run. */
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

  /** Behind the last input that a window reads. */
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
