package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;

/**
 * The deviation of actual from expected values: the largest difference, relative to the largest
 * expected value of the tensor (absolute if that is zero).
 */
public final class MaxDeviation {
  /** The tolerance for the outputs of a layer. */
  public static final double FORWARD = 1e-5;

  /** The tolerance for gradients. */
  public static final double GRADIENT = 1e-4;

  /** The tolerance for losses and weights after up to ten steps. */
  public static final double TRAJECTORY = 1e-5;

  private MaxDeviation() {}

  /** Returns the deviation; NaN if either tensor contains NaN. */
  public static double of(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    FloatBuffer a = actual.floats();
    FloatBuffer e = expected.floats();
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < e.capacity(); i++) {
      largest = Math.max(largest, Math.abs((double) e.get(i)));
      difference = Math.max(difference, Math.abs((double) a.get(i) - e.get(i)));
    }
    return largest == 0 ? difference : difference / largest;
  }

  public static double of(double actual, double expected) {
    double difference = Math.abs(actual - expected);
    return expected == 0 ? difference : difference / Math.abs(expected);
  }

  /** Fails with both tensors in the message if the deviation exceeds the tolerance or is NaN. */
  public static double require(String what, Tensor actual, Tensor expected, double tolerance) {
    double deviation = of(actual, expected);
    assertThat(deviation <= tolerance)
        .as(
            "%s deviates by %.1e, more than %.0e%nexpected %s%nbut was  %s",
            what, deviation, tolerance, excerpt(expected), excerpt(actual))
        .isTrue();
    return deviation;
  }

  public static double require(String what, double actual, double expected, double tolerance) {
    double deviation = of(actual, expected);
    assertThat(deviation <= tolerance)
        .as("%s is %s, expected %s within %.0e", what, actual, expected, tolerance)
        .isTrue();
    return deviation;
  }

  private static String excerpt(Tensor tensor) {
    FloatBuffer values = tensor.floats();
    StringBuilder text = new StringBuilder(tensor + ":");
    for (int i = 0; i < Math.min(24, values.capacity()); i++) {
      text.append(' ').append(values.get(i));
    }
    return text.toString();
  }
}
