package dev.trifocal.tensor;

import dev.trifocal.error.TrifocalException;
import dev.trifocal.shape.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * An immutable array on the host, row-major, with a shape and an element type. Elements lie in a
 * direct little-endian buffer, which engines can read without a copy.
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

  /** A float32 tensor with no axes. */
  public static Tensor scalar(float value) {
    return of(Shape.of(), value);
  }

  /** A float32 tensor whose elements {@code filler} writes; what it leaves out is zero. */
  public static Tensor floats(Shape shape, Consumer<FloatBuffer> filler) {
    return make(shape, DataType.FLOAT32, buffer -> filler.accept(buffer.asFloatBuffer()));
  }

  /**
   * A tensor whose bytes {@code filler} writes; what it leaves out is zero.
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

  /** A read-only view of the bytes, little-endian, from the first element to the last. */
  public ByteBuffer bytes() {
    return data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * A read-only view of the elements.
   *
   * @throws TrifocalException if the elements are not float32
   */
  public FloatBuffer floats() {
    require(DataType.FLOAT32);
    return bytes().asFloatBuffer();
  }

  /** A copy of the elements; float32 only. */
  public float[] toFloats() {
    float[] result = new float[count()];
    floats().get(result);
    return result;
  }

  /** A copy of the elements; int64 only. */
  public long[] toLongs() {
    require(DataType.INT64);
    long[] result = new long[count()];
    bytes().asLongBuffer().get(result);
    return result;
  }

  /**
   * One element.
   *
   * @param index one per axis, from 0
   * @throws TrifocalException if the elements are not float32, or there is no such element
   */
  public float get(int... index) {
    require(DataType.FLOAT32);
    return floats().get(offset(index));
  }

  /**
   * One element of an int64 tensor.
   *
   * @param index one per axis, from 0
   * @throws TrifocalException if the elements are not int64, or there is no such element
   */
  public long getLong(int... index) {
    require(DataType.INT64);
    return bytes().asLongBuffer().get(offset(index));
  }

  /**
   * The same elements under another shape of as many elements.
   *
   * @throws TrifocalException if the shape has more or fewer elements
   */
  public Tensor reshape(Shape other) {
    requireCount(other, count());
    return new Tensor(other, type, data);
  }

  /**
   * The same elements under another shape, PyTorch's {@code reshape}.
   *
   * @param sizes one of which may be -1: what is left for it
   * @throws TrifocalException if no such shape has as many elements
   */
  public Tensor reshape(int... sizes) {
    int[] whole = sizes.clone();
    for (int axis = 0; axis < whole.length; axis++) {
      if (whole[axis] == -1) {
        whole[axis] = 1;
        long others = Shape.of(whole).elements();
        whole[axis] = (int) Math.max(1, count() / others);
        break;
      }
    }
    return reshape(Shape.of(whole));
  }

  /**
   * The elements {@code from} to {@code to}, exclusive, of one axis: NumPy's {@code x[:, from:to]}.
   * A slice of the first axis shares its memory with this tensor.
   *
   * @param axis from 0; negative axes count from the last, which is -1
   * @throws TrifocalException if there is no such axis, or not {@code 0 <= from < to <= size}
   */
  public Tensor slice(int axis, int from, int to) {
    return AxisOperations.slice(this, axis, from, to);
  }

  /**
   * One element of the first axis, without that axis: NumPy's {@code x[index]}. It shares its
   * memory with this tensor.
   *
   * @throws TrifocalException if there is no such row
   */
  public Tensor row(int index) {
    AxisLayout.of(this, 0).requireIndex(this, index);
    return slice(0, index, index + 1).reshape(shape.sample());
  }

  /**
   * A copy of some elements of the first axis in the order of {@code indices}: NumPy's {@code
   * x[indices]}.
   *
   * @throws TrifocalException if there is no index, or no such row
   */
  public Tensor rows(int... indices) {
    return AxisOperations.rows(this, indices);
  }

  /**
   * The tensors one after another along an axis: PyTorch's {@code cat}.
   *
   * @param axis from 0; negative axes count from the last, which is -1
   * @throws TrifocalException if there are none, or they differ in type or in another axis
   */
  public static Tensor concat(int axis, List<Tensor> parts) {
    return AxisOperations.concat(axis, parts);
  }

  /**
   * Where the largest element along an axis stands, int64, without that axis: PyTorch's {@code
   * argmax}. Among equals the first; NaN counts as the largest.
   *
   * @param axis from 0; negative axes count from the last, which is -1
   * @throws TrifocalException if the elements are not float32, or there is no such axis
   */
  public Tensor argMax(int axis) {
    return AxisOperations.argMax(this, axis);
  }

  /**
   * {@code exp(x) / sum(exp(x))} along an axis, worked out in double precision.
   *
   * @param axis from 0; negative axes count from the last, which is -1
   * @throws TrifocalException if the elements are not float32, or there is no such axis
   */
  public Tensor softmax(int axis) {
    return AxisOperations.softmax(this, axis);
  }

  /**
   * The elements for people, as NumPy prints them, with four decimal places. Of more than 1,000
   * elements the first and last three of each axis are shown.
   */
  public String format() {
    return TensorFormat.of(this);
  }

  /** Equal shape, type and bytes: NaN equals NaN, and 0.0 differs from -0.0. */
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

  /** Type and shape: {@code FLOAT32[64, 3, 7, 7]}; {@link #format} shows the elements. */
  @Override
  public String toString() {
    return type + shape.toString();
  }

  /** Part of the same memory under another shape. */
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
