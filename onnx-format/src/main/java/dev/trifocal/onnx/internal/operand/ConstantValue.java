package dev.trifocal.onnx.internal.operand;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * A constant, or numbers derived from tensor shapes, which are known at import except for the batch
 * size. A number can be a multiple of the batch size, such as the first element of the result of
 * {@code Shape}.
 */
public final class ConstantValue implements Operand {
  /** The most numbers in a constant that is evaluated. */
  private static final int MOST = 1 << 26;

  /** The most axes of a tensor, the limit of NumPy. */
  static final int MOST_AXES = 64;

  private final List<Integer> sizes;
  private final NumberType type;
  private final Tensor tensor;
  private final double[] values;
  private final BitSet perBatch;

  private ConstantValue(
      List<Integer> sizes, NumberType type, Tensor tensor, double[] values, BitSet perBatch) {
    this.sizes = List.copyOf(sizes);
    this.type = type;
    this.tensor = tensor;
    this.values = values;
    this.perBatch = perBatch;
  }

  /** Returns the real numbers of a float32 tensor. */
  public static ConstantValue of(Tensor tensor) {
    if (tensor.type() != DataType.FLOAT32) {
      throw new GraphException("constant " + tensor + " is not float32");
    }
    return new ConstantValue(tensor.shape().sizes(), NumberType.REAL, tensor, null, new BitSet());
  }

  /**
   * Returns a constant.
   *
   * @param sizes shape; sizes of 0 are allowed
   * @param perBatch indices of the values that are multiples of the batch size
   */
  public static ConstantValue of(
      List<Integer> sizes, NumberType type, double[] values, BitSet perBatch) {
    if (count(sizes) != values.length) {
      throw new GraphException(
          "constant of shape %s has %d numbers".formatted(sizes, values.length));
    }
    return new ConstantValue(
        sizes, type, null, values.clone(), perBatch.get(0, Math.max(1, values.length)));
  }

  public static ConstantValue of(List<Integer> sizes, NumberType type, double... values) {
    return of(sizes, type, values, new BitSet());
  }

  /** Returns a one-dimensional constant of integers. */
  public static ConstantValue integers(long... values) {
    return of(
        List.of(values.length),
        NumberType.INTEGER,
        Arrays.stream(values).asDoubleStream().toArray());
  }

  /** Returns the shape of data, the batch first, which is 1 if one row is shared by all samples. */
  public static ConstantValue shapeOf(DataValue flow) {
    double[] values = new double[flow.rank()];
    values[0] = 1;
    for (int axis = 1; axis < values.length; axis++) {
      values[axis] = flow.shape().size(axis - 1);
    }
    BitSet first = new BitSet();
    first.set(0, flow.piece().batched());
    return of(List.of(values.length), NumberType.INTEGER, values, first);
  }

  public List<Integer> sizes() {
    return sizes;
  }

  public int rank() {
    return sizes.size();
  }

  public NumberType type() {
    return type;
  }

  public int count() {
    return (int) count(sizes);
  }

  public double at(int index) {
    return tensor == null ? values[index] : tensor.floats().get(index);
  }

  /** Returns whether the number at an index is a multiple of the batch size. */
  public boolean perBatch(int index) {
    return perBatch.get(index);
  }

  /** Returns whether no number depends on the batch size. */
  public boolean fixed() {
    return perBatch.isEmpty();
  }

  /**
   * Returns all numbers in row-major order.
   *
   * @throws GraphException if they depend on the batch size, or there are too many
   */
  public double[] values() {
    requireFixed();
    if (tensor == null) {
      return values.clone();
    }
    if (count() > MOST) {
      throw new GraphException("constant of %,d numbers is too large".formatted(count()));
    }
    FloatBuffer floats = tensor.floats();
    return IntStream.range(0, count()).mapToDouble(floats::get).toArray();
  }

  /**
   * Returns all numbers as integers.
   *
   * @throws GraphException if they are real or depend on the batch size
   */
  public long[] longs() {
    double[] all = values();
    if (type == NumberType.REAL) {
      throw new GraphException("expected integers, but got real numbers");
    }
    return Arrays.stream(all).mapToLong(value -> (long) value).toArray();
  }

  /**
   * Returns the only number.
   *
   * @throws GraphException if there is not exactly one
   */
  public double single() {
    requireFixed();
    if (count() != 1) {
      throw new GraphException("expected a single number, but got a constant of shape " + sizes);
    }
    return at(0);
  }

  /**
   * Returns the constant as a float32 tensor.
   *
   * @throws GraphException if it has no elements or depends on the batch size
   */
  public Tensor tensor() {
    if (tensor != null) {
      return tensor;
    }
    double[] all = values();
    if (all.length == 0) {
      throw new GraphException("constant has no elements");
    }
    return Tensor.floats(
        new Shape(sizes),
        buffer -> {
          for (double value : all) {
            buffer.put((float) value);
          }
        });
  }

  /** Returns the same numbers in another shape. */
  public ConstantValue reshaped(List<Integer> other) {
    if (count(other) != count()) {
      throw new GraphException(
          "shape %s does not match a constant of shape %s".formatted(other, sizes));
    }
    Tensor same = tensor == null || count() == 0 ? tensor : tensor.reshape(new Shape(other));
    return new ConstantValue(other, type, same, values, perBatch);
  }

  /**
   * Returns the numbers at the given indices in another shape; multiples of the batch size remain
   * such.
   */
  public ConstantValue picked(List<Integer> other, int... indices) {
    if (indices.length > MOST) {
      throw new GraphException("constant of %,d numbers is too large".formatted(indices.length));
    }
    double[] result = new double[indices.length];
    BitSet batch = new BitSet();
    FloatBuffer floats = tensor == null ? null : tensor.floats();
    for (int i = 0; i < indices.length; i++) {
      result[i] = floats == null ? values[indices[i]] : floats.get(indices[i]);
      batch.set(i, perBatch.get(indices[i]));
    }
    return of(other, type, result, batch);
  }

  /**
   * Applies a function to each number.
   *
   * @throws GraphException if a number depends on the batch size
   */
  public ConstantValue mapped(NumberType other, DoubleUnaryOperator function) {
    return of(sizes, other, Arrays.stream(values()).map(function).toArray());
  }

  /** Returns the same numbers with another type. */
  public ConstantValue as(NumberType other) {
    return other == type ? this : new ConstantValue(sizes, other, tensor, values, perBatch);
  }

  private void requireFixed() {
    if (!fixed()) {
      throw new GraphException("depends on the batch size in an unsupported way");
    }
  }

  /**
   * Returns the number of elements of a shape.
   *
   * @throws GraphException if a tensor cannot have that shape
   */
  public static long count(List<Integer> sizes) {
    if (sizes.size() > MOST_AXES) {
      throw new GraphException("constant of %d axes is not supported".formatted(sizes.size()));
    }
    long product = 1;
    for (int size : sizes) {
      product = Math.multiplyExact(product, size);
      if (size < 0 || product > Integer.MAX_VALUE) {
        throw new GraphException("constant has invalid shape " + sizes);
      }
    }
    return product;
  }
}
