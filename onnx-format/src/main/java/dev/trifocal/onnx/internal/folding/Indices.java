package dev.trifocal.onnx.internal.folding;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import java.util.Arrays;
import java.util.List;

/** Row-major positions of elements. */
final class Indices {
  /** Where an element of the result comes from. */
  @FunctionalInterface
  interface Source {
    /**
     * @param place of an element of the result, one number per axis
     * @return its index among the elements of what is read
     */
    int at(int[] place);
  }

  private Indices() {}

  /**
   * The numbers of a constant that is to be worked out one by one.
   *
   * @throws GraphException if there are too many
   */
  static int few(NodeCall call, long count) {
    call.file().make(count);
    return Math.toIntExact(count);
  }

  /**
   * @throws GraphException if one is negative or too large
   */
  static List<Integer> sizes(long... sizes) {
    for (long size : sizes) {
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw new GraphException("has a constant of sizes " + Arrays.toString(sizes));
      }
    }
    return Arrays.stream(sizes).mapToObj(size -> (int) size).toList();
  }

  /** The numbers of one constant rearranged into another. */
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

  /** The next place, the last axis fastest. */
  static void advance(int[] place, List<Integer> sizes) {
    for (int axis = place.length - 1; axis >= 0; axis--) {
      if (++place[axis] < sizes.get(axis)) {
        return;
      }
      place[axis] = 0;
    }
  }

  /** How far apart neighbours along each axis are. */
  static int[] strides(List<Integer> sizes) {
    int[] result = new int[sizes.size()];
    int stride = 1;
    for (int axis = result.length - 1; axis >= 0; axis--) {
      result[axis] = stride;
      stride *= sizes.get(axis);
    }
    return result;
  }

  /** The index of a place; axes of size 1 count as spread. */
  static int spread(int[] place, List<Integer> sizes, int[] strides) {
    int index = 0;
    int lead = place.length - sizes.size();
    for (int axis = 0; axis < sizes.size(); axis++) {
      index += sizes.get(axis) == 1 ? 0 : place[lead + axis] * strides[axis];
    }
    return index;
  }

  /**
   * NumPy's rule: axes are matched from the last one, and those of size 1 are repeated.
   *
   * @throws GraphException if sizes differ
   */
  static List<Integer> broadcast(List<Integer> first, List<Integer> second) {
    int rank = Math.max(first.size(), second.size());
    Integer[] result = new Integer[rank];
    for (int axis = 0; axis < rank; axis++) {
      int a = fromEnd(first, rank - axis);
      int b = fromEnd(second, rank - axis);
      if (a != b && a != 1 && b != 1) {
        throw new GraphException(
            "cannot spread constants of sizes %s and %s to one".formatted(first, second));
      }
      result[axis] = a == 1 ? b : a;
    }
    return List.of(result);
  }

  private static int fromEnd(List<Integer> sizes, int back) {
    return back > sizes.size() ? 1 : sizes.get(sizes.size() - back);
  }
}
