package dev.trifocal.backend.djl;

import java.math.BigInteger;

/**
 * The kernel elements along one axis that contribute to one phase of a transposed convolution.
 *
 * @param first index of the first element
 * @param step distance between the indices of consecutive elements
 * @param count number of elements; 0 if the stride skips the kernel
 * @param delay offset of the first tap in rows of the input
 * @param dilation distance between consecutive taps in rows of the input
 */
record KernelTaps(int first, int step, int count, int delay, int dilation) {
  /**
   * Returns the taps of a phase.
   *
   * @param phase phase of the output's rows, at least 0 and less than the stride
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

  /** Returns the number of rows from the first tap to the last. */
  int reach() {
    return (count - 1) * dilation;
  }

  /**
   * Returns the rows of padding before the input with which the first output row meets the last
   * tap.
   */
  int padding() {
    return delay + reach();
  }
}
