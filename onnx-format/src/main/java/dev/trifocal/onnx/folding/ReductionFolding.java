package dev.trifocal.onnx.folding;

import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reductions of constants, as shapes are worked out with. */
interface ReductionFolding {
  static Map<String, Folding.Single> rules() {
    return Map.of(
        "ReduceProd", call -> reduce(call, 1, (a, b) -> a * b),
        "ReduceSum", call -> reduce(call, 0, Double::sum),
        "ReduceMax", call -> reduce(call, Double.NEGATIVE_INFINITY, Math::max),
        "ReduceMin", call -> reduce(call, Double.POSITIVE_INFINITY, Math::min));
  }

  private static Numbers reduce(Call call, double start, DoubleBinaryOperator function) {
    Numbers x = call.numbers(0);
    long[] given = call.has(1) ? call.numbers(1).longs() : call.node().integers("axes");
    Set<Integer> axes =
        (given.length == 0
                ? IntStream.range(0, x.rank()).boxed()
                : Arrays.stream(given).mapToObj(axis -> Call.axis(axis, x.rank())))
            .collect(Collectors.toSet());
    List<Integer> kept = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      kept.add(axes.contains(axis) ? 1 : x.sizes().get(axis));
    }
    call.surroundings().make(x.count());
    double[] all = x.values();
    double[] values = new double[Indices.few(call, Numbers.count(kept))];
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
    return Numbers.of(sizes, x.type(), values);
  }
}
