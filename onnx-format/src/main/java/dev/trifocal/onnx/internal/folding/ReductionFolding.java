package dev.trifocal.onnx.internal.folding;

import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Folds reductions of constants, as used in arithmetic on shapes. */
final class ReductionFolding {
  private ReductionFolding() {}

  static Map<String, Folding.Single> rules() {
    return Map.of(
        "ReduceProd", ReductionFolding::product,
        "ReduceSum", call -> reduce(call, 0, Double::sum),
        "ReduceMean", ReductionFolding::mean,
        "ReduceMax", call -> reduce(call, Double.NEGATIVE_INFINITY, Math::max),
        "ReduceMin", call -> reduce(call, Double.POSITIVE_INFINITY, Math::min));
  }

  private static ConstantValue mean(NodeCall call) {
    ConstantValue sum = reduce(call, 0, Double::sum);
    double each = (double) call.numbers(0).count() / sum.count();
    return sum.mapped(sum.type(), x -> x / each);
  }

  /**
   * Folds ReduceProd; the product of a shape is the batch size times the product of the other
   * sizes.
   */
  private static ConstantValue product(NodeCall call) {
    ConstantValue x = call.numbers(0);
    int batches = (int) IntStream.range(0, x.count()).filter(x::perBatch).count();
    if (batches != 1 || x.rank() != 1) {
      return reduce(call, 1, (a, b) -> a * b);
    }
    double product = IntStream.range(0, x.count()).mapToDouble(x::at).reduce(1, (a, b) -> a * b);
    BitSet first = new BitSet();
    first.set(0);
    List<Integer> sizes = call.node().integer("keepdims", 1) == 1 ? List.of(1) : List.of();
    return ConstantValue.of(sizes, x.type(), new double[] {product}, first);
  }

  private static ConstantValue reduce(NodeCall call, double start, DoubleBinaryOperator function) {
    ConstantValue x = call.numbers(0);
    long[] given = call.has(1) ? call.numbers(1).longs() : call.node().integers("axes");
    if (given.length == 0 && call.node().integer("noop_with_empty_axes", 0) == 1) {
      return x;
    }
    Set<Integer> axes =
        (given.length == 0
                ? IntStream.range(0, x.rank()).boxed()
                : Arrays.stream(given).mapToObj(axis -> NodeCall.axis(axis, x.rank())))
            .collect(Collectors.toSet());
    List<Integer> kept = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      kept.add(axes.contains(axis) ? 1 : x.sizes().get(axis));
    }
    call.file().make(x.count());
    double[] all = x.values();
    double[] values = new double[Indices.few(call, ConstantValue.count(kept))];
    Arrays.fill(values, start);
    int[] place = new int[x.rank()];
    int[] strides = Indices.strides(kept);
    for (double value : all) {
      int index = Indices.spread(place, kept, strides);
      values[index] = function.applyAsDouble(values[index], value);
      Indices.advance(place, x.sizes());
    }
    List<Integer> sizes =
        call.node().integer("keepdims", 1) == 1
            ? kept
            : IntStream.range(0, x.rank())
                .filter(axis -> !axes.contains(axis))
                .mapToObj(x.sizes()::get)
                .toList();
    return ConstantValue.of(sizes, x.type(), values);
  }
}
