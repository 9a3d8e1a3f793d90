package dev.trifocal.tensor;

import dev.trifocal.error.TrifocalException;
import dev.trifocal.shape.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * An immutable, row-major array on the host with a shape and an element type. Elements are stored
 * in a direct little-endian buffer that engines can read without copying.
 */
public final class Tensor {
  private final Shape shape;
  private final DataType type;
  private final ByteBuffer data;

  private Tensor(Shape shape, DataType type, ByteBuffer data) {
    this.shape = shape;
    this.type = type;
    this.data = data;
  }

  public static Tensor of(Shape shape, float... values) {
    requireCount(shape, values.length);
    return floats(shape, buffer -> buffer.put(values));
  }

  public static Tensor of(Shape shape, long... values) {
    requireCount(shape, values.length);
    return make(shape, DataType.INT64, buffer -> buffer.asLongBuffer().put(values));
  }

  /** Returns a float32 tensor without axes. */
  public static Tensor scalar(float value) {
    return of(Shape.of(), value);
  }

  /** Returns a float32 tensor whose elements are written by {@code filler}; the others are zero. */
  public static Tensor floats(Shape shape, Consumer<FloatBuffer> filler) {
    return make(shape, DataType.FLOAT32, buffer -> filler.accept(buffer.asFloatBuffer()));
  }

  /**
   * Returns a tensor whose bytes are written by {@code filler}; the others are zero.
   *
   * @throws TrifocalException if the tensor would take 2 GiB or more
   */
  public static Tensor make(Shape shape, DataType type, Consumer<ByteBuffer> filler) {
    if (shape.elements() > Integer.MAX_VALUE / type.bytes()) {
      throw new TrifocalException(
          "a tensor of shape %s has %,d elements of %d bytes; the limit is 2 GiB"
              .formatted(shape, shape.elements(), type.bytes()));
    }
    int bytes = (int) shape.elements() * type.bytes();
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    filler.accept(buffer);
    return new Tensor(shape, type, buffer.clear());
  }

  public Shape shape() {
    return shape;
  }

  public DataType type() {
    return type;
  }

  /** Returns the size of all elements in bytes. */
  public long byteCount() {
    return data.capacity();
  }

  /** Returns a read-only view of the bytes, little-endian, from the first element to the last. */
  public ByteBuffer bytes() {
    return data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns a read-only view of the elements.
   *
   * @throws TrifocalException if the elements are not float32
   */
  public FloatBuffer floats() {
    require(DataType.FLOAT32);
    return bytes().asFloatBuffer();
  }

  /** Returns a copy of the elements; float32 only. */
  public float[] toFloats() {
    float[] result = new float[count()];
    floats().get(result);
    return result;
  }

  /** Returns a copy of the elements; int64 only. */
  public long[] toLongs() {
    require(DataType.INT64);
    long[] result = new long[count()];
    bytes().asLongBuffer().get(result);
    return result;
  }

  /**
   * Returns an element of a float32 tensor.
   *
   * @param index one index per axis, from 0
   * @throws TrifocalException if the elements are not float32, or an index is out of range
   */
  public float get(int... index) {
    require(DataType.FLOAT32);
    return floats().get(offset(index));
  }

  /**
   * Returns an element of an int64 tensor.
   *
   * @param index one index per axis, from 0
   * @throws TrifocalException if the elements are not int64, or an index is out of range
   */
  public long getLong(int... index) {
    require(DataType.INT64);
    return bytes().asLongBuffer().get(offset(index));
  }

  /**
   * Returns the same elements in another shape.
   *
   * @throws TrifocalException if the number of elements differs
   */
  public Tensor reshape(Shape other) {
    requireCount(other, count());
    return new Tensor(other, type, data);
  }

  /**
   * Returns the same elements in another shape, like PyTorch's {@code reshape}.
   *
   * @param sizes sizes of the axes; one of them may be -1 and is then inferred
   * @throws TrifocalException if the number of elements differs
   */
  public Tensor reshape(int... sizes) {
    int[] whole = sizes.clone();
    for (int axis = 0; axis < whole.length; axis++) {
      if (whole[axis] == -1) {
        whole[axis] = 1;
        long others = Shape.of(whole).elements();
        whole[axis] = (int) Math.max(1, count() / Math.max(1, others));
        break;
      }
    }
    return reshape(Shape.of(whole));
  }

  /**
   * Returns the elements from {@code from} to {@code to}, exclusive, along one axis, like NumPy's
   * {@code x[:, from:to]}. A slice of the first axis shares memory with this tensor.
   *
   * @param axis from 0; negative axes count from the last, which is -1
   * @throws TrifocalException if there is no such axis, or unless {@code 0 <= from < to <= size}
   */
  public Tensor slice(int axis, int from, int to) {
    return AxisOperations.slice(this, axis, from, to);
  }

  /**
   * Returns one element of the first axis, without that axis, like NumPy's {@code x[index]}. It
   * shares memory with this tensor.
   *
   * @throws TrifocalException if there is no such row
   */
  public Tensor row(int index) {
    AxisLayout.of(this, 0).requireIndex(this, index);
    return slice(0, index, index + 1).reshape(shape.sample());
  }

  /**
   * Returns a copy of elements of the first axis in the order of {@code indices}, like NumPy's
   * {@code x[indices]}.
   *
   * @throws TrifocalException if there are no indices, or one is out of range
   */
  public Tensor rows(int... indices) {
    return AxisOperations.rows(this, indices);
  }

  /**
   * Concatenates tensors along an axis, like PyTorch's {@code cat}.
   *
   * @param axis from 0; negative axes count from the last, which is -1
   * @throws TrifocalException if there are no tensors, or they differ in type or in the size of
   *     another axis
   */
  public static Tensor concat(int axis, List<Tensor> parts) {
    return AxisOperations.concat(axis, parts);
  }

  /**
   * Returns the int64 indices of the largest elements along an axis, without that axis, like
   * PyTorch's {@code argmax}. The first of equal elements wins; NaN counts as the largest.
   *
   * @param axis from 0; negative axes count from the last, which is -1
   * @throws TrifocalException if the elements are not float32, or there is no such axis
   */
  public Tensor argMax(int axis) {
    return AxisOperations.argMax(this, axis);
  }

  /**
   * Returns {@code exp(x) / sum(exp(x))} along an axis, computed in double precision.
   *
   * @param axis from 0; negative axes count from the last, which is -1
   * @throws TrifocalException if the elements are not float32, or there is no such axis
   */
  public Tensor softmax(int axis) {
    return AxisOperations.softmax(this, axis);
  }

  /**
   * Formats the elements as NumPy prints them, with four decimal places. If there are more than
   * 1,000 elements, only the first and last three along each axis are shown.
   */
  public String format() {
    return TensorFormat.of(this);
  }

  /** Compares shape, type and bytes: NaN equals NaN, and 0.0 differs from -0.0. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && type == that.type
        && shape.equals(that.shape)
        && data.equals(that.data);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + data.hashCode();
  }

  /**
   * Returns type and shape, such as {@code FLOAT32[64, 3, 7, 7]}; use {@link #format} for the
   * elements.
   */
  @Override
  public String toString() {
    return type + shape.toString();
  }

  /** Returns a part of the same memory in another shape. */
  Tensor view(Shape part, int from, int length) {
    return new Tensor(part, type, data.slice(from, length));
  }

  private int offset(int[] index) {
    if (index.length != shape.rank()) {
      throw new TrifocalException(
          "%s has %d axes, but got %d indices".formatted(this, shape.rank(), index.length));
    }
    int offset = 0;
    for (int axis = 0; axis < index.length; axis++) {
      AxisLayout.of(this, axis).requireIndex(this, index[axis]);
      offset = offset * shape.size(axis) + index[axis];
    }
    return offset;
  }

  private int count() {
    return (int) shape.elements();
  }

  private void require(DataType wanted) {
    if (type != wanted) {
      throw new TrifocalException("expected a tensor of type " + wanted + ", but got " + this);
    }
  }

  private static void requireCount(Shape shape, int count) {
    if (shape.elements() != count) {
      throw new TrifocalException(
          "a tensor of shape %s has %d elements, but got %d"
              .formatted(shape, shape.elements(), count));
    }
  }
}
