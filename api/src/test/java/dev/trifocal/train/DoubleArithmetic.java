package dev.trifocal.train;

/** Plain arithmetic, so that an optimizer's formula computes instead of being recorded. */
record DoubleArithmetic() implements Arithmetic<Double> {
  @Override
  public Double constant(double value) {
    return value;
  }

  @Override
  public Double add(Double a, Double b) {
    return a + b;
  }

  @Override
  public Double subtract(Double a, Double b) {
    return a - b;
  }

  @Override
  public Double multiply(Double a, Double b) {
    return a * b;
  }

  @Override
  public Double divide(Double a, Double b) {
    return a / b;
  }

  @Override
  public Double sqrt(Double a) {
    return Math.sqrt(a);
  }

  @Override
  public Double exp(Double a) {
    return Math.exp(a);
  }

  @Override
  public Double power(Double a, Double b) {
    return Math.pow(a, b);
  }

  @Override
  public Double abs(Double a) {
    return Math.abs(a);
  }

  @Override
  public Double sign(Double a) {
    return Math.signum(a);
  }

  @Override
  public Double minimum(Double a, Double b) {
    return Math.min(a, b);
  }

  @Override
  public Double maximum(Double a, Double b) {
    return Math.max(a, b);
  }

  @Override
  public Double sum(Double a) {
    return a;
  }
}
