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
 * A constant, or numbers worked out from the sizes of tensors: known when the file is read, but for
 * the batch. A number may be so many times the batch size, as the first one is that {@code Shape}
 * gives.
 */
public final class ConstantValue implements Operand {
  /** More numbers than a constant that has to be worked out may have. */
  private static final int MOST = 1 << 26;

  /** More axes than anything has; NumPy stops there too. */
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

  /** Real numbers of a float32 tensor. */
  public static ConstantValue of(Tensor tensor) {
    if (tensor.type() != DataType.FLOAT32) {
      throw new GraphException("has a constant " + tensor + ", which is not float32");
    }
    return new ConstantValue(tensor.shape().sizes(), NumberType.REAL, tensor, null, new BitSet());
  }

  /**
   * @param sizes of the axes; 0 is allowed
   * @param perBatch which of the values count batches
   */
  public static ConstantValue of(
      List<Integer> sizes, NumberType type, double[] values, BitSet perBatch) {
    if (count(sizes) != values.length) {
      throw new GraphException(
          "has a constant of sizes %s with %d numbers".formatted(sizes, values.length));
    }
    return new ConstantValue(
        sizes, type, null, values.clone(), perBatch.get(0, Math.max(1, values.length)));
  }

  public static ConstantValue of(List<Integer> sizes, NumberType type, double... values) {
    return of(sizes, type, values, new BitSet());
  }

  /** Whole numbers with one axis. */
  public static ConstantValue integers(long... values) {
    return of(
        List.of(values.length),
        NumberType.INTEGER,
        Arrays.stream(values).asDoubleStream().toArray());
  }

  /** The sizes of data, the batch first, which is 1 where one row stands for all samples. */
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

  /** Whether the number at an index is to be multiplied with the batch size. */
  public boolean perBatch(int index) {
    return perBatch.get(index);
  }

  /** Whether no number depends on the batch. */
  public boolean fixed() {
    return perBatch.isEmpty();
  }

  /**
   * All numbers, row by row.
   *
   * @throws GraphException if they depend on the batch, or are too many
   */
  public double[] values() {
    requireFixed();
    if (tensor == null) {
      return values.clone();
    }
    if (count() > MOST) {
      throw new GraphException("works with a constant of %,d numbers".formatted(count()));
    }
    FloatBuffer floats = tensor.floats();
    return IntStream.range(0, count()).mapToDouble(floats::get).toArray();
  }

  /**
   * Whole numbers.
   *
   * @throws GraphException if they are not, or depend on the batch
   */
  public long[] longs() {
    double[] all = values();
    if (type == NumberType.REAL) {
      throw new GraphException("needs whole numbers, but is given real ones");
    }
    return Arrays.stream(all).mapToLong(value -> (long) value).toArray();
  }

  /**
   * The only number.
   *
   * @throws GraphException if there is not exactly one
   */
  public double single() {
    requireFixed();
    if (count() != 1) {
      throw new GraphException("needs one number, but is given a constant of sizes " + sizes);
    }
    return at(0);
  }

  /**
   * As a float32 tensor.
   *
   * @throws GraphException if it has no elements, or depends on the batch
   */
  public Tensor tensor() {
    if (tensor != null) {
      return tensor;
    }
    double[] all = values();
    if (all.length == 0) {
      throw new GraphException("reads a constant without elements");
    }
    return Tensor.floats(
        new Shape(sizes),
        buffer -> {
          for (double value : all) {
            buffer.put((float) value);
          }
        });
  }

  /** The same numbers with other axes. */
  public ConstantValue reshaped(List<Integer> other) {
    if (count(other) != count()) {
      throw new GraphException(
          "cannot make sizes %s of a constant of sizes %s".formatted(other, sizes));
    }
    Tensor same = tensor == null || count() == 0 ? tensor : tensor.reshape(new Shape(other));
    return new ConstantValue(other, type, same, values, perBatch);
  }

  /** The numbers at some indices, row by row under other axes; those of the batch stay so. */
  public ConstantValue picked(List<Integer> other, int... indices) {
    if (indices.length > MOST) {
      throw new GraphException("works with a constant of %,d numbers".formatted(indices.length));
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
   * Each number by itself.
   *
   * @throws GraphException if one depends on the batch
   */
  public ConstantValue mapped(NumberType other, DoubleUnaryOperator function) {
    return of(sizes, other, Arrays.stream(values()).map(function).toArray());
  }

  /** The same numbers, of another kind. */
  public ConstantValue as(NumberType other) {
    return other == type ? this : new ConstantValue(sizes, other, tensor, values, perBatch);
  }

  private void requireFixed() {
    if (!fixed()) {
      throw new GraphException("depends on the batch size in a way that no layer has");
    }
  }

  /**
   * @throws GraphException if that is more than a tensor can have
   */
  public static long count(List<Integer> sizes) {
    if (sizes.size() > MOST_AXES) {
      throw new GraphException("has a constant of %d axes".formatted(sizes.size()));
    }
    long product = 1;
    for (int size : sizes) {
      product = Math.multiplyExact(product, size);
      if (size < 0 || product > Integer.MAX_VALUE) {
        throw new GraphException("has a constant of sizes " + sizes);
      }
    }
    return product;
  }
}
