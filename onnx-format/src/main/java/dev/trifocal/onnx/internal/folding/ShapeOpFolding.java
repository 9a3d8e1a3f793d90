package dev.trifocal.onnx.internal.folding;

import static java.util.Map.entry;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Folds operators that slice, concatenate or reshape constants. */
final class ShapeOpFolding {
  static final Map<String, Folding.Single> RULES =
      Map.ofEntries(
          entry("Identity", call -> call.numbers(0)),
          entry("Reshape", ShapeOpFolding::reshape),
          entry("Transpose", ShapeOpFolding::transpose),
          entry("Unsqueeze", ShapeOpFolding::unsqueeze),
          entry("Squeeze", ShapeOpFolding::squeeze),
          entry("Concat", ShapeOpFolding::concat),
          entry("Gather", ShapeOpFolding::gather),
          entry("Slice", ShapeOpFolding::slice),
          entry("Expand", ShapeOpFolding::expand),
          entry("Tile", ShapeOpFolding::tile),
          entry("Flatten", ShapeOpFolding::flatten));

  private ShapeOpFolding() {}

  private static ConstantValue reshape(NodeCall call) {
    ConstantValue x = call.numbers(0);
    long[] target = call.has(1) ? call.numbers(1).longs() : call.node().integers("shape");
    List<Integer> sizes = new ArrayList<>();
    int open = -1;
    long rest = 1;
    for (int axis = 0; axis < target.length; axis++) {
      boolean copied = target[axis] == 0 && call.node().integer("allowzero", 0) == 0;
      if (copied && axis >= x.rank()) {
        throw new GraphException(
            "copies axis %d, which shape %s does not have".formatted(axis, x.sizes()));
      }
      long size = copied ? x.sizes().get(axis) : target[axis];
      if (size == -1 && open < 0) {
        open = axis;
        sizes.add(1);
      } else {
        rest *= Indices.sizes(size).get(0);
        sizes.addAll(Indices.sizes(size));
      }
    }
    if (open >= 0) {
      sizes.set(open, rest == 0 ? 0 : (int) (x.count() / rest));
    }
    return x.reshaped(sizes);
  }

  private static ConstantValue flatten(NodeCall call) {
    ConstantValue x = call.numbers(0);
    long given = call.node().integer("axis", 1);
    int axis = given == x.rank() ? x.rank() : NodeCall.axis(given, x.rank());
    return x.reshaped(
        List.of(
            (int) ConstantValue.count(x.sizes().subList(0, axis)),
            (int) ConstantValue.count(x.sizes().subList(axis, x.rank()))));
  }

  private static ConstantValue transpose(NodeCall call) {
    ConstantValue x = call.numbers(0);
    long[] reversed = IntStream.range(0, x.rank()).mapToLong(i -> x.rank() - 1 - i).toArray();
    int[] order =
        Arrays.stream(call.node().integers("perm", reversed))
            .mapToInt(axis -> NodeCall.axis(axis, x.rank()))
            .toArray();
    if (Arrays.stream(order).distinct().count() != x.rank() || order.length != x.rank()) {
      throw new GraphException(
          "perm %s does not match %d axes".formatted(Arrays.toString(order), x.rank()));
    }
    int[] strides = Indices.strides(x.sizes());
    List<Integer> sizes = Arrays.stream(order).mapToObj(x.sizes()::get).toList();
    return Indices.gather(
        call,
        x,
        sizes,
        place -> IntStream.range(0, order.length).map(i -> place[i] * strides[order[i]]).sum());
  }

  /** Returns the axes, which are an attribute before opset 13 and an input since. */
  static long[] axes(NodeCall call) {
    return call.has(1) ? call.numbers(1).longs() : call.node().integers("axes");
  }

  private static ConstantValue unsqueeze(NodeCall call) {
    ConstantValue x = call.numbers(0);
    long[] axes = axes(call);
    int rank = x.rank() + axes.length;
    List<Integer> added =
        Arrays.stream(axes).mapToObj(axis -> NodeCall.axis(axis, rank)).sorted().toList();
    List<Integer> sizes = new ArrayList<>(x.sizes());
    added.forEach(axis -> sizes.add(Math.min(axis, sizes.size()), 1));
    return x.reshaped(sizes);
  }

  private static ConstantValue squeeze(NodeCall call) {
    ConstantValue x = call.numbers(0);
    long[] axes = axes(call);
    List<Integer> dropped =
        axes.length == 0
            ? IntStream.range(0, x.rank()).filter(i -> x.sizes().get(i) == 1).boxed().toList()
            : Arrays.stream(axes).mapToObj(axis -> NodeCall.axis(axis, x.rank())).toList();
    return x.reshaped(
        IntStream.range(0, x.rank())
            .filter(axis -> !dropped.contains(axis))
            .mapToObj(x.sizes()::get)
            .toList());
  }

  private static ConstantValue concat(NodeCall call) {
    ConstantValue first = call.numbers(0);
    List<ConstantValue> parts =
        IntStream.range(0, call.inputs().size()).mapToObj(call::numbers).toList();
    int axis = NodeCall.axis(call.node().integer("axis", 1), first.rank());
    List<Integer> sizes = new ArrayList<>(first.sizes());
    sizes.set(axis, parts.stream().mapToInt(part -> along(part, axis, first)).sum());
    double[] values = new double[Indices.few(call, ConstantValue.count(sizes))];
    BitSet perBatch = new BitSet();
    int start = 0;
    int[] strides = Indices.strides(sizes);
    for (ConstantValue part : parts) {
      int[] place = new int[sizes.size()];
      for (int i = 0; i < part.count(); i++) {
        int to = start * strides[axis];
        for (int a = 0; a < place.length; a++) {
          to += place[a] * strides[a];
        }
        values[to] = part.at(i);
        perBatch.set(to, part.perBatch(i));
        Indices.advance(place, part.sizes());
      }
      start += part.sizes().get(axis);
    }
    return ConstantValue.of(sizes, first.type(), values, perBatch);
  }

  private static int along(ConstantValue part, int axis, ConstantValue first) {
    boolean fits = part.rank() == first.rank();
    for (int a = 0; fits && a < first.rank(); a++) {
      fits = a == axis || part.sizes().get(a).equals(first.sizes().get(a));
    }
    if (!fits) {
      throw new GraphException(
          "cannot concatenate constants of shapes %s and %s"
              .formatted(first.sizes(), part.sizes()));
    }
    return part.sizes().get(axis);
  }

  private static ConstantValue gather(NodeCall call) {
    ConstantValue x = call.numbers(0);
    ConstantValue at = call.numbers(1);
    int axis = NodeCall.axis(call.node().integer("axis", 0), x.rank());
    long[] wanted =
        Arrays.stream(at.longs()).map(i -> NodeCall.axis(i, x.sizes().get(axis))).toArray();
    List<Integer> sizes = new ArrayList<>(x.sizes().subList(0, axis));
    sizes.addAll(at.sizes());
    sizes.addAll(x.sizes().subList(axis + 1, x.rank()));
    int[] strides = Indices.strides(x.sizes());
    int[] atStrides = Indices.strides(at.sizes());
    int middle = at.rank();
    return Indices.gather(
        call,
        x,
        sizes,
        place -> {
          int which = 0;
          for (int a = 0; a < middle; a++) {
            which += place[axis + a] * atStrides[a];
          }
          int index = (int) wanted[which] * strides[axis];
          for (int a = 0; a < strides.length; a++) {
            if (a != axis) {
              index += place[a < axis ? a : a + middle - 1] * strides[a];
            }
          }
          return index;
        });
  }

  private static ConstantValue slice(NodeCall call) {
    ConstantValue x = call.numbers(0);
    ConstantValue result = x;
    for (SliceRange range : SliceRange.of(call, x.sizes())) {
      result = along(call, result, range);
    }
    return result;
  }

  private static ConstantValue along(NodeCall call, ConstantValue x, SliceRange range) {
    List<Integer> sizes = new ArrayList<>(x.sizes());
    sizes.set(range.axis(), range.count());
    int[] strides = Indices.strides(x.sizes());
    return Indices.gather(
        call,
        x,
        sizes,
        place -> {
          int index = range.start() * strides[range.axis()];
          for (int a = 0; a < place.length; a++) {
            index += place[a] * strides[a] * (a == range.axis() ? range.step() : 1);
          }
          return index;
        });
  }

  static List<ConstantValue> split(NodeCall call) {
    ConstantValue x = call.numbers(0);
    return SliceRange.parts(call, x.sizes()).stream()
        .map(range -> along(call, x, range))
        .collect(Collectors.toList());
  }

  private static ConstantValue expand(NodeCall call) {
    ConstantValue x = call.numbers(0);
    List<Integer> sizes = Indices.broadcast(x.sizes(), Indices.sizes(call.numbers(1).longs()));
    int[] strides = Indices.strides(x.sizes());
    return Indices.gather(call, x, sizes, place -> Indices.spread(place, x.sizes(), strides));
  }

  private static ConstantValue tile(NodeCall call) {
    ConstantValue x = call.numbers(0);
    long[] repeats = call.numbers(1).longs();
    if (repeats.length != x.rank()) {
      throw new GraphException("has %d repeats for %d axes".formatted(repeats.length, x.rank()));
    }
    List<Integer> sizes =
        Indices.sizes(
            IntStream.range(0, repeats.length)
                .mapToLong(axis -> Math.multiplyExact(repeats[axis], x.sizes().get(axis)))
                .toArray());
    int[] strides = Indices.strides(x.sizes());
    return Indices.gather(
        call,
        x,
        sizes,
        place ->
            IntStream.range(0, place.length)
                .map(axis -> place[axis] % x.sizes().get(axis) * strides[axis])
                .sum());
  }
}
