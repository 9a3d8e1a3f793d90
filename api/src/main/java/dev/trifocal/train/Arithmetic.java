package dev.trifocal.train;

/**
 * The operations of optimizers and clipping, elementwise except {@link #sum}. Each backend
 * implements them for its own handles (names of ONNX values, NDArrays, SameDiff variables) and
 * passes them to {@link Optimizer#update}, so that each formula is defined once.
 *
 * @param <T> an array of a parameter's shape, or a scalar that is broadcast to it
 */
public interface Arithmetic<T> {
  T constant(double value);

  T add(T a, T b);

  T subtract(T a, T b);

  T multiply(T a, T b);

  T divide(T a, T b);

  T sqrt(T a);

  /** {@code e^a}. */
  T exp(T a);

  /** {@code a^b}, defined for {@code a >= 0}. */
  T power(T a, T b);

  T abs(T a);

  /** The sign: -1, 0 or 1. */
  T sign(T a);

  T minimum(T a, T b);

  T maximum(T a, T b);

  /** The sum of all elements, a scalar. */
  T sum(T a);
}
