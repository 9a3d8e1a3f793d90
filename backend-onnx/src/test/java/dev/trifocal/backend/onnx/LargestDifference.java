package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;

/** Compares arrays of so many elements that AssertJ takes minutes for them. */
final class LargestDifference {
  private LargestDifference() {}

  /**
   * Returns the largest absolute difference of two arrays of the same length; NaN if one has it.
   */
  static double of(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    return IntStream.range(0, found.length)
        .mapToDouble(i -> Math.abs((double) found[i] - expected[i]))
        .max()
        .orElseThrow();
  }
}
