package dev.trifocal.train;

/**
 * The operations that optimizers and clipping are made of, elementwise but for {@link #sum}. A
 * backend implements it over its own handle type (an ONNX value name, an NDArray, a SameDiff
 * variable) and hands it to {@link Optimizer#update}; so each formula stands once.
 *
 * @param <T> an array of a parameter's shape, or a number that is spread over it
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

  /** {@code a^b}; defined where {@code a} is 0 or more. */
  T power(T a, T b);

  T abs(T a);

  /** -1, 0 or 1. */
  T sign(T a);

  T minimum(T a, T b);

  T maximum(T a, T b);

  /** All elements added up: a number. */
  T sum(T a);
}
