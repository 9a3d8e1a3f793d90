package dev.trifocal.tensor;

import dev.trifocal.error.TrifocalException;
import dev.trifocal.shape.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
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

  /** The same elements under another shape of as many elements. */
  public Tensor reshape(Shape other) {
    requireCount(other, count());
    return new Tensor(other, type, data);
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

  /** For example {@code FLOAT32[64, 3, 7, 7]}. */
  @Override
  public String toString() {
    return type + shape.toString();
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
