package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Upsample2d;

/** Interpolation weights along an axis: {@code [to][from]}. */
final class AxisWeights {
  private AxisWeights() {}

  /** Returns the weights for reflected or replicated borders. */
  static float[][] padded(Pad2d.Mode mode, int size, int before, int after) {
    float[][] result = new float[before + size + after][size];
    for (int i = 0; i < result.length; i++) {
      int from = i - before;
      if (mode == Pad2d.Mode.REFLECT) {
        from = from < 0 ? -from : from;
        from = from >= size ? 2 * (size - 1) - from : from;
      }
      result[i][within(from, size)] = 1;
    }
    return result;
  }

  /** Returns the weights for enlargement by an integer factor. */
  static float[][] enlarged(Upsample2d.Interpolation interpolation, int size, int factor) {
    float[][] result = new float[size * factor][size];
    for (int i = 0; i < result.length; i++) {
      if (interpolation == Upsample2d.Interpolation.NEAREST) {
        result[i][i / factor] = 1;
      } else {
        double place = Math.max((i + 0.5) / factor - 0.5, 0);
        int lower = (int) place;
        float share = (float) (place - lower);
        result[i][lower] += 1 - share;
        result[i][within(lower + 1, size)] += share;
      }
    }
    return result;
  }

  private static int within(int index, int size) {
    return Math.max(0, Math.min(index, size - 1));
  }
}
