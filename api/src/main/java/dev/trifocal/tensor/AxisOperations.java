package dev.trifocal.tensor;

import dev.trifocal.error.TrifocalException;
import dev.trifocal.shape.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** The operations of {@link Tensor} along an axis. */
final class AxisOperations {
  private AxisOperations() {}

  static Tensor slice(Tensor tensor, int axis, int from, int to) {
    AxisLayout layout = AxisLayout.of(tensor, axis);
    if (from < 0 || to > layout.size() || from >= to) {
      throw new TrifocalException(
          "cannot slice axis %d of %s from %d to %d; use 0 <= from < to <= %d"
              .formatted(layout.axis(), tensor, from, to, layout.size()));
    }
    int step = layout.inner() * tensor.type().bytes();
    int length = (to - from) * step;
    Shape shape = tensor.shape().with(layout.axis(), to - from);
    if (layout.outer() == 1) {
      return tensor.view(shape, from * step, length);
    }
    ByteBuffer bytes = tensor.bytes();
    return Tensor.make(
        shape,
        tensor.type(),
        target -> {
          for (int block = 0; block < layout.outer(); block++) {
            target.put(bytes.slice((block * layout.size() + from) * step, length));
          }
        });
  }

  static Tensor concat(int axis, List<Tensor> parts) {
    if (parts.isEmpty()) {
      throw new TrifocalException("concatenation needs at least one tensor");
    }
    Tensor first = parts.get(0);
    AxisLayout layout = AxisLayout.of(first, axis);
    parts.forEach(part -> requireAlike(first, part, layout.axis()));
    if (parts.size() == 1) {
      return first;
    }
    long size = parts.stream().mapToLong(part -> part.shape().size(layout.axis())).sum();
    if (size > Integer.MAX_VALUE) {
      throw new TrifocalException("axis %d would have %,d elements".formatted(axis, size));
    }
    int step = layout.inner() * first.type().bytes();
    return Tensor.make(
        first.shape().with(layout.axis(), (int) size),
        first.type(),
        target -> {
          for (int block = 0; block < layout.outer(); block++) {
            for (Tensor part : parts) {
              int length = part.shape().size(layout.axis()) * step;
              target.put(part.bytes().slice(block * length, length));
            }
          }
        });
  }

  private static void requireAlike(Tensor first, Tensor other, int axis) {
    boolean alike =
        first.type() == other.type()
            && first.shape().rank() == other.shape().rank()
            && first.shape().equals(other.shape().with(axis, first.shape().size(axis)));
    if (!alike) {
      throw new TrifocalException(
          "cannot concatenate %s and %s along axis %d: type and all other sizes must be equal"
              .formatted(first, other, axis));
    }
  }

  static Tensor rows(Tensor tensor, int[] indices) {
    AxisLayout layout = AxisLayout.of(tensor, 0);
    if (indices.length == 0) {
      throw new TrifocalException("at least one row index is needed for " + tensor);
    }
    int length = layout.inner() * tensor.type().bytes();
    ByteBuffer bytes = tensor.bytes();
    return Tensor.make(
        tensor.shape().with(0, indices.length),
        tensor.type(),
        target -> {
          for (int index : indices) {
            layout.requireIndex(tensor, index);
            target.put(bytes.slice(index * length, length));
          }
        });
  }

  static Tensor argMax(Tensor tensor, int axis) {
    AxisLayout layout = AxisLayout.of(tensor, axis);
    FloatBuffer values = tensor.floats();
    long[] result = new long[layout.outer() * layout.inner()];
    for (int i = 0; i < result.length; i++) {
      result[i] = largest(values, layout, first(layout, i));
    }
    List<Integer> sizes = new ArrayList<>(tensor.shape().sizes());
    sizes.remove(layout.axis());
    return Tensor.of(new Shape(sizes), result);
  }

  private static int largest(FloatBuffer values, AxisLayout layout, int first) {
    int best = 0;
    for (int i = 0; i < layout.size(); i++) {
      float value = values.get(first + i * layout.inner());
      if (Float.isNaN(value)) {
        return i;
      }
      best = value > values.get(first + best * layout.inner()) ? i : best;
    }
    return best;
  }

  static Tensor softmax(Tensor tensor, int axis) {
    AxisLayout layout = AxisLayout.of(tensor, axis);
    FloatBuffer values = tensor.floats();
    return Tensor.floats(
        tensor.shape(),
        target -> {
          for (int i = 0; i < layout.outer() * layout.inner(); i++) {
            softmax(values, target, layout, first(layout, i));
          }
        });
  }

  private static void softmax(
      FloatBuffer values, FloatBuffer target, AxisLayout layout, int first) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < layout.size(); i++) {
      highest = Math.max(highest, values.get(first + i * layout.inner()));
    }
    double[] powers = new double[layout.size()];
    double sum = 0;
    for (int i = 0; i < powers.length; i++) {
      powers[i] = Math.exp(values.get(first + i * layout.inner()) - highest);
      sum += powers[i];
    }
    for (int i = 0; i < powers.length; i++) {
      target.put(first + i * layout.inner(), (float) (powers[i] / sum));
    }
  }

  /** Returns the offset of the first element of the {@code i}th line along the axis. */
  private static int first(AxisLayout layout, int i) {
    return i / layout.inner() * layout.size() * layout.inner() + i % layout.inner();
  }
}
