package dev.trifocal.onnx.internal.folding;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import java.util.Arrays;
import java.util.List;

/** Arithmetic on row-major indices. */
final class Indices {
  /** Maps an element of a result to its source. */
  @FunctionalInterface
  interface Source {
    /**
     * Returns the source index of an element.
     *
     * @param place position of the element in the result, one index per axis
     * @return index among the elements of the source
     */
    int at(int[] place);
  }

  private Indices() {}

  /**
   * Reserves the numbers of a constant that is to be evaluated.
   *
   * @throws GraphException if there are too many
   */
  static int few(NodeCall call, long count) {
    call.file().make(count);
    return Math.toIntExact(count);
  }

  /**
   * Converts sizes to a list.
   *
   * @throws GraphException if a size is negative or too large
   */
  static List<Integer> sizes(long... sizes) {
    for (long size : sizes) {
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw new GraphException("constant has invalid shape " + Arrays.toString(sizes));
      }
    }
    return Arrays.stream(sizes).mapToObj(size -> (int) size).toList();
  }

  /** Gathers the numbers of a constant into another one. */
  static ConstantValue gather(
      NodeCall call, ConstantValue from, List<Integer> sizes, Source source) {
    int count = few(call, ConstantValue.count(sizes));
    int[] indices = new int[count];
    int[] place = new int[sizes.size()];
    for (int i = 0; i < count; i++) {
      indices[i] = source.at(place);
      advance(place, sizes);
    }
    return from.picked(sizes, indices);
  }

  /** Advances to the next position; the last axis varies fastest. */
  static void advance(int[] place, List<Integer> sizes) {
    for (int axis = place.length - 1; axis >= 0; axis--) {
      if (++place[axis] < sizes.get(axis)) {
        return;
      }
      place[axis] = 0;
    }
  }

  /** Returns the strides of a row-major array. */
  static int[] strides(List<Integer> sizes) {
    int[] result = new int[sizes.size()];
    int stride = 1;
    for (int axis = result.length - 1; axis >= 0; axis--) {
      result[axis] = stride;
      stride *= sizes.get(axis);
    }
    return result;
  }

  /** Returns the index of a position in a constant that is broadcast along axes of size 1. */
  static int spread(int[] place, List<Integer> sizes, int[] strides) {
    int index = 0;
    int lead = place.length - sizes.size();
    for (int axis = 0; axis < sizes.size(); axis++) {
      index += sizes.get(axis) == 1 ? 0 : place[lead + axis] * strides[axis];
    }
    return index;
  }

  /**
   * Returns the shape that two shapes broadcast to by NumPy's rules: axes are aligned from the
   * last, and those of size 1 are repeated.
   *
   * @throws GraphException if the shapes are incompatible
   */
  static List<Integer> broadcast(List<Integer> first, List<Integer> second) {
    int rank = Math.max(first.size(), second.size());
    Integer[] result = new Integer[rank];
    for (int axis = 0; axis < rank; axis++) {
      int a = fromEnd(first, rank - axis);
      int b = fromEnd(second, rank - axis);
      if (a != b && a != 1 && b != 1) {
        throw new GraphException(
            "cannot broadcast constants of shapes %s and %s".formatted(first, second));
      }
      result[axis] = a == 1 ? b : a;
    }
    return List.of(result);
  }

  private static int fromEnd(List<Integer> sizes, int back) {
    return back > sizes.size() ? 1 : sizes.get(sizes.size() - back);
  }
}
