package dev.trifocal.backend.djl;

import java.math.BigInteger;

/**
 * The elements of a kernel, along one axis, that a phase of a transposed convolution meets.
 *
 * @param first the first one's index
 * @param step from one's index to the next
 * @param count how many; 0 where the stride leaps over the kernel
 * @param delay how many rows of the input the first tap lies back
 * @param dilation how many rows of the input lie from one tap to the next
 */
record KernelTaps(int first, int step, int count, int delay, int dilation) {
  /**
   * @param phase of the output's rows, from 0 to below the stride
   */
  static KernelTaps of(int phase, int kernel, int stride, int dilation) {
    int common = BigInteger.valueOf(stride).gcd(BigInteger.valueOf(dilation)).intValue();
    int step = stride / common;
    for (int first = 0; first < Math.min(step, kernel); first++) {
      if (first * dilation % stride == phase) {
        int count = (kernel - first + step - 1) / step;
        return new KernelTaps(
            first, step, count, (first * dilation - phase) / stride, dilation / common);
      }
    }
    return new KernelTaps(0, step, 0, 0, 1);
  }

  /** Rows from the first tap to the last. */
  int reach() {
    return (count - 1) * dilation;
  }

  /** Rows to put before the input, so that the first output row meets the last tap. */
  int padding() {
    return delay + reach();
  }
}
