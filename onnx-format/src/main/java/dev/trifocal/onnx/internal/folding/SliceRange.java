package dev.trifocal.onnx.internal.folding;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.NodeCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A range along one axis, as selected by Slice and Split.
 *
 * @param count number of selected elements, every {@code step}th from {@code start}; the step may
 *     be negative
 */
public record SliceRange(int axis, int start, int count, int step) {
  /**
   * Returns the ranges of a Slice, which are attributes before opset 10 and inputs since.
   *
   * @param sizes shape of the data
   */
  public static List<SliceRange> of(NodeCall call, List<Integer> sizes) {
    boolean attributes = call.node().has("starts");
    long[] starts = attributes ? call.node().integers("starts") : call.numbers(1).longs();
    long[] ends = attributes ? call.node().integers("ends") : call.numbers(2).longs();
    long[] first = IntStream.range(0, starts.length).asLongStream().toArray();
    long[] ones = Arrays.stream(starts).map(s -> 1).toArray();
    long[] axes =
        attributes
            ? call.node().integers("axes", first)
            : call.has(3) ? call.numbers(3).longs() : first;
    long[] steps = call.has(4) ? call.numbers(4).longs() : ones;
    if (ends.length != starts.length
        || axes.length != starts.length
        || steps.length != starts.length) {
      throw new GraphException("starts, ends, axes and steps differ in length");
    }
    List<SliceRange> result = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      int axis = NodeCall.axis(axes[i], sizes.size());
      result.add(of(axis, starts[i], ends[i], steps[i], sizes.get(axis)));
    }
    return result;
  }

  private static SliceRange of(int axis, long start, long end, long step, int size) {
    if (step == 0 || Math.abs(step) > Integer.MAX_VALUE) {
      throw new GraphException("step " + step + " is not supported");
    }
    long low = step > 0 ? 0 : -1;
    long high = step > 0 ? size : size - 1;
    long from = Math.max(0, Math.min(high, start < 0 ? start + size : start));
    long to = Math.max(low, Math.min(size, end < 0 ? Math.max(end, -size - 1L) + size : end));
    long distance = size == 0 ? 0 : step > 0 ? to - from : from - to;
    long count = distance <= 0 ? 0 : (distance + Math.abs(step) - 1) / Math.abs(step);
    return new SliceRange(axis, (int) from, (int) count, (int) step);
  }

  private static double sum(long... parts) {
    return Arrays.stream(parts).asDoubleStream().sum();
  }

  /**
   * Returns the parts of a Split. Their sizes are an attribute before opset 13 and an input since;
   * if absent, the parts are equal, except that the last may be smaller since opset 18.
   *
   * @param sizes shape of the data
   */
  public static List<SliceRange> parts(NodeCall call, List<Integer> sizes) {
    int axis = NodeCall.axis(call.node().integer("axis", 0), sizes.size());
    int size = sizes.get(axis);
    int outputs = call.node().outputs().size();
    long[] given = call.has(1) ? call.numbers(1).longs() : call.node().integers("split");
    if (given.length == 0) {
      int each = (size + outputs - 1) / outputs;
      given = IntStream.range(0, outputs).mapToLong(i -> Math.min(each, size - i * each)).toArray();
    }
    if (given.length != outputs || sum(given) != size) {
      throw new GraphException(
          "cannot split an axis of size %d into %s".formatted(size, Arrays.toString(given)));
    }
    List<SliceRange> result = new ArrayList<>();
    int start = 0;
    for (long part : given) {
      if (part < 0 || part > size) {
        throw new GraphException("part of size " + part + " is out of range");
      }
      result.add(new SliceRange(axis, start, (int) part, 1));
      start += (int) part;
    }
    return result;
  }
}
