package dev.trifocal.backend.dl4j;

import dev.trifocal.train.Arithmetic;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.scalar.Pow;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Expm1;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Elementary operations that are evaluated immediately; {@link #close} releases their results.
 * Scalars are arrays of one element. Axes of size 1 are broadcast, as in NumPy.
 */
final class Dl4jArithmetic implements Arithmetic<INDArray>, AutoCloseable {
  private final Nd4jOperators operators;
  private final List<INDArray> made = new ArrayList<>();

  Dl4jArithmetic(Nd4jOperators operators) {
    this.operators = operators;
  }

  @Override
  public INDArray constant(double value) {
    return constants(new float[] {(float) value}, 1);
  }

  INDArray constants(float[] values, long... sizes) {
    return keep(HostTransfer.array(operators.memory(), values, sizes));
  }

  @Override
  public INDArray add(INDArray a, INDArray b) {
    return binary("add", a, b);
  }

  @Override
  public INDArray subtract(INDArray a, INDArray b) {
    return binary("subtract", a, b);
  }

  @Override
  public INDArray multiply(INDArray a, INDArray b) {
    return binary("multiply", a, b);
  }

  @Override
  public INDArray divide(INDArray a, INDArray b) {
    return binary("divide", a, b);
  }

  @Override
  public INDArray minimum(INDArray a, INDArray b) {
    return binary("minimum", a, b);
  }

  @Override
  public INDArray maximum(INDArray a, INDArray b) {
    return binary("maximum", a, b);
  }

  INDArray add(INDArray a, double b) {
    return add(a, constant(b));
  }

  INDArray multiply(INDArray a, double b) {
    return multiply(a, constant(b));
  }

  INDArray subtract(double a, INDArray b) {
    return subtract(constant(a), b);
  }

  INDArray square(INDArray a) {
    return multiply(a, a);
  }

  @Override
  public INDArray sqrt(INDArray a) {
    return run(new Sqrt(a, like(a)));
  }

  @Override
  public INDArray abs(INDArray a) {
    return run(new Abs(a, like(a)));
  }

  @Override
  public INDArray exp(INDArray a) {
    return run(new Exp(a, like(a)));
  }

  @Override
  public INDArray sign(INDArray a) {
    return run(new Sign(a, like(a)));
  }

  @Override
  public INDArray power(INDArray a, INDArray b) {
    return binary("Pow", a, b);
  }

  INDArray expm1(INDArray a) {
    return run(new Expm1(a, like(a)));
  }

  INDArray log(INDArray a) {
    return run(new Log(a, like(a)));
  }

  INDArray log1p(INDArray a) {
    return run(new Log1p(a, like(a)));
  }

  INDArray erf(INDArray a) {
    return run(new Erf(a, like(a)));
  }

  INDArray tanh(INDArray a) {
    return run(new Tanh(a, like(a)));
  }

  INDArray sigmoid(INDArray a) {
    return run(new Sigmoid(a, like(a)));
  }

  INDArray power(INDArray a, double exponent) {
    return run(new Pow(a, like(a), exponent));
  }

  /**
   * Computes {@code log(1 + exp(a))} without overflow, as {@code max(a, 0) + log(1 + exp(-|a|))}.
   */
  INDArray softplus(INDArray a) {
    return add(above(a), log1p(exp(multiply(abs(a), -1))));
  }

  /** Returns a mask that is 1 where {@code a > limit}. */
  INDArray above(INDArray a, double limit) {
    return run(new Step(a, like(a), limit));
  }

  /** Returns the positive part, {@code max(a, 0)}. */
  INDArray above(INDArray a) {
    return maximum(a, constant(0));
  }

  /** Returns the negative part, {@code min(a, 0)}. */
  INDArray below(INDArray a) {
    return minimum(a, constant(0));
  }

  @Override
  public INDArray sum(INDArray a) {
    INDArray row = ArrayViews.shaped(a, 1, a.length());
    return ArrayViews.shaped(sum(row, 1), 1);
  }

  /** Sums over some axes, which are kept with size 1. */
  INDArray sum(INDArray a, int... axes) {
    return keep(new AxisSums(operators).of(a, axes));
  }

  /** Averages over some axes, which are kept with size 1. */
  INDArray mean(INDArray a, int... axes) {
    INDArray sum = sum(a, axes);
    return divide(sum, constant((double) a.length() / sum.length()));
  }

  /** Reduces over some axes, which are kept with size 1. */
  INDArray reduce(String operator, INDArray a, int... axes) {
    return keep(operators.reduce(operator, a, axes));
  }

  /** Broadcasts an array along its axes of size 1. */
  INDArray spread(INDArray a, long... sizes) {
    return add(keep(operators.filled(0, sizes)), a);
  }

  /** Takes ownership of an array, which is released on close. */
  INDArray keep(INDArray array) {
    made.add(array);
    return array;
  }

  @Override
  public void close() {
    made.forEach(operators.memory()::release);
    made.clear();
  }

  private INDArray binary(String operator, INDArray a, INDArray b) {
    return keep(operators.call(operator, a, b).into(broadcast(a.shape(), b.shape())));
  }

  private static long[] broadcast(long[] a, long[] b) {
    long[] result = a.length >= b.length ? a.clone() : b.clone();
    long[] other = a.length >= b.length ? b : a;
    int shift = result.length - other.length;
    for (int axis = 0; axis < other.length; axis++) {
      result[axis + shift] = Math.max(result[axis + shift], other[axis]);
    }
    return result;
  }

  private INDArray like(INDArray a) {
    return keep(operators.memory().take(a.shape()));
  }

  private INDArray run(Op op) {
    operators
        .observer()
        .call(op.opName(), List.of(op.x(), op.z()), () -> Nd4j.getExecutioner().exec(op));
    return op.z();
  }
}
