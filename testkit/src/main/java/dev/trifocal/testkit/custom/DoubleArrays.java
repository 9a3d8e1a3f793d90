package dev.trifocal.testkit.custom;

import dev.trifocal.train.Arithmetic;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/** Optimizer arithmetic in double precision; arrays of one element broadcast. */
public record DoubleArrays() implements Arithmetic<double[]> {
  @Override
  public double[] constant(double value) {
    return new double[] {value};
  }

  @Override
  public double[] add(double[] a, double[] b) {
    return each(a, b, Double::sum);
  }

  @Override
  public double[] subtract(double[] a, double[] b) {
    return each(a, b, (x, y) -> x - y);
  }

  @Override
  public double[] multiply(double[] a, double[] b) {
    return each(a, b, (x, y) -> x * y);
  }

  @Override
  public double[] divide(double[] a, double[] b) {
    return each(a, b, (x, y) -> x / y);
  }

  @Override
  public double[] sqrt(double[] a) {
    return Arrays.stream(a).map(Math::sqrt).toArray();
  }

  @Override
  public double[] exp(double[] a) {
    return Arrays.stream(a).map(Math::exp).toArray();
  }

  @Override
  public double[] power(double[] a, double[] b) {
    return each(a, b, Math::pow);
  }

  @Override
  public double[] abs(double[] a) {
    return Arrays.stream(a).map(Math::abs).toArray();
  }

  @Override
  public double[] sign(double[] a) {
    return Arrays.stream(a).map(Math::signum).toArray();
  }

  @Override
  public double[] minimum(double[] a, double[] b) {
    return each(a, b, Math::min);
  }

  @Override
  public double[] maximum(double[] a, double[] b) {
    return each(a, b, Math::max);
  }

  @Override
  public double[] sum(double[] a) {
    return constant(Arrays.stream(a).sum());
  }

  private static double[] each(double[] a, double[] b, DoubleBinaryOperator operation) {
    double[] result = new double[Math.max(a.length, b.length)];
    for (int i = 0; i < result.length; i++) {
      result[i] = operation.applyAsDouble(a[a.length == 1 ? 0 : i], b[b.length == 1 ? 0 : i]);
    }
    return result;
  }
}
