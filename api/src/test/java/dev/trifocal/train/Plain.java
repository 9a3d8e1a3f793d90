package dev.trifocal.train;

/** Optimizers' formulas over plain numbers. */
enum Plain implements Arithmetic<Double> {
  MATH;

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
}
