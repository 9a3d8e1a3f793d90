package dev.trifocal.backend;

import java.util.Locale;

/** The numbers that an engine multiplies. Weights, sums and results are float32. */
public enum ComputePrecision {
  FLOAT32,

  /** bfloat16, 16 bits, where an engine computes faster with it. */
  BF16;

  /** Returns the value as written in settings: {@code float32} or {@code bf16}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
