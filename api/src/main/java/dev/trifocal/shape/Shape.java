package dev.trifocal.shape;

import dev.trifocal.error.TrifocalException;
import java.util.Arrays;
import java.util.List;

/**
 * The sizes of a tensor's axes, outermost first: {@code [C, H, W]} for a single image, {@code [N,
 * C, H, W]} for a batch. Sizes are not negative, and the number of elements is below 2^63. The
 * shape of a scalar has no axes; a size of 0 makes an empty tensor, such as the boxes of a detector
 * that found none.
 */
public record Shape(List<Integer> sizes) {
  public Shape {
    sizes = List.copyOf(sizes);
    long product = 1;
    for (int size : sizes) {
      if (size < 0) {
        throw new TrifocalException("sizes of a shape must not be negative, but got " + sizes);
      }
      if (size > 0 && product > Long.MAX_VALUE / size) {
        throw new TrifocalException("a shape of %s has too many elements".formatted(sizes));
      }
      product *= Math.max(1, size);
    }
  }

  public static Shape of(int... sizes) {
    return new Shape(Arrays.stream(sizes).boxed().toList());
  }

  public int rank() {
    return sizes.size();
  }

  public int size(int axis) {
    return sizes.get(axis);
  }

  /** Returns the number of elements. */
  public long elements() {
    long product = 1;
    for (int size : sizes) {
      product *= size;
    }
    return product;
  }

  /** Returns this shape preceded by a batch axis of size {@code batch}. */
  public Shape batch(int batch) {
    int[] result = new int[rank() + 1];
    result[0] = batch;
    for (int axis = 0; axis < rank(); axis++) {
      result[axis + 1] = size(axis);
    }
    return of(result);
  }

  /** Returns the shape of one sample: this shape without its first axis. */
  public Shape sample() {
    return new Shape(sizes.subList(1, rank()));
  }

  /** Returns this shape with the size of one axis replaced. */
  public Shape with(int axis, int size) {
    int[] result = toArray();
    result[axis] = size;
    return of(result);
  }

  public int[] toArray() {
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  public long[] toLongs() {
    return sizes.stream().mapToLong(Integer::longValue).toArray();
  }

  /** Returns a string such as {@code [3, 224, 224]}. */
  @Override
  public String toString() {
    return sizes.toString();
  }
}
