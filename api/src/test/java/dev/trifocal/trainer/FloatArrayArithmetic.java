package dev.trifocal.trainer;

import dev.trifocal.train.Arithmetic;

/** Optimizer formulas over float arrays; an array of one is spread over the other. */
final class FloatArrayArithmetic implements Arithmetic<float[]> {
  /** One operation on two numbers. */
  private interface Operation {
    float of(float a, float b);
  }

  @Override
  public float[] constant(double value) {
    return new float[] {(float) value};
  }

  @Override
  public float[] add(float[] a, float[] b) {
    return each(a, b, (x, y) -> x + y);
  }

  @Override
  public float[] subtract(float[] a, float[] b) {
    return each(a, b, (x, y) -> x - y);
  }

  @Override
  public float[] multiply(float[] a, float[] b) {
    return each(a, b, (x, y) -> x * y);
  }

  @Override
  public float[] divide(float[] a, float[] b) {
    return each(a, b, (x, y) -> x / y);
  }

  @Override
  public float[] sqrt(float[] a) {
    return each(a, a, (x, y) -> (float) Math.sqrt(x));
  }

  @Override
  public float[] exp(float[] a) {
    return each(a, a, (x, y) -> (float) Math.exp(x));
  }

  @Override
  public float[] power(float[] a, float[] b) {
    return each(a, b, (x, y) -> (float) Math.pow(x, y));
  }

  @Override
  public float[] abs(float[] a) {
    return each(a, a, (x, y) -> Math.abs(x));
  }

  @Override
  public float[] sign(float[] a) {
    return each(a, a, (x, y) -> Math.signum(x));
  }

  @Override
  public float[] minimum(float[] a, float[] b) {
    return each(a, b, Math::min);
  }

  @Override
  public float[] maximum(float[] a, float[] b) {
    return each(a, b, Math::max);
  }

  @Override
  public float[] sum(float[] a) {
    double sum = 0;
    for (float element : a) {
      sum += element;
    }
    return constant(sum);
  }

  private static float[] each(float[] a, float[] b, Operation operation) {
    float[] result = new float[Math.max(a.length, b.length)];
    for (int i = 0; i < result.length; i++) {
      result[i] = operation.of(a[a.length == 1 ? 0 : i], b[b.length == 1 ? 0 : i]);
    }
    return result;
  }
}
