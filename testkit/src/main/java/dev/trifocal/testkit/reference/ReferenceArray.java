package dev.trifocal.testkit.reference;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/** A row-major array in double precision. Must not be modified after its creator has filled it. */
public record ReferenceArray(Shape shape, double[] values) {
  public static ReferenceArray zeros(Shape shape) {
    return new ReferenceArray(shape, new double[(int) shape.elements()]);
  }

  /** Returns an array whose element {@code i} in row-major order is {@code value(i)}. */
  public static ReferenceArray fill(Shape shape, IntToDoubleFunction value) {
    ReferenceArray result = zeros(shape);
    for (int i = 0; i < result.values.length; i++) {
      result.values[i] = value.applyAsDouble(i);
    }
    return result;
  }

  /** Converts a float32 tensor, exactly. */
  public static ReferenceArray of(Tensor tensor) {
    FloatBuffer elements = tensor.floats();
    return fill(tensor.shape(), elements::get);
  }

  /** Converts the array to float32, rounded. */
  public Tensor toTensor() {
    return Tensor.floats(
        shape,
        buffer -> {
          for (double value : values) {
            buffer.put((float) value);
          }
        });
  }

  ReferenceArray map(DoubleUnaryOperator function) {
    return fill(shape, i -> function.applyAsDouble(values[i]));
  }

  ReferenceArray reshape(Shape other) {
    return new ReferenceArray(other, values);
  }

  /** Returns an element of an array with four axes. */
  double at(int n, int c, int y, int x) {
    return values[offset(n, c, y, x)];
  }

  void set(int n, int c, int y, int x, double value) {
    values[offset(n, c, y, x)] = value;
  }

  void add(int n, int c, int y, int x, double value) {
    values[offset(n, c, y, x)] += value;
  }

  /** Returns whether a pixel is within the last two of four axes. */
  boolean holds(int y, int x) {
    return y >= 0 && y < shape.size(2) && x >= 0 && x < shape.size(3);
  }

  private int offset(int n, int c, int y, int x) {
    return ((n * shape.size(1) + c) * shape.size(2) + y) * shape.size(3) + x;
  }
}
