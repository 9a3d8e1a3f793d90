package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.BatchReduce;
import dev.trifocal.layer.GlobalAvgPool;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Reduce;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operand.PendingNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Reductions along axes. */
final class ReductionOps {
  static final Reduce.Reduction SUM = Reduce.Reduction.SUM;

  private ReductionOps() {}

  static List<Operator> operators() {
    return List.of(
        reduction(
            "ReduceMean",
            Reduce.Reduction.MEAN,
            18,
            "GlobalAvgPool over height and width; otherwise Reduce, BatchReduce"),
        reduction("ReduceSum", SUM, 13, "Reduce, BatchReduce"),
        reduction("ReduceMax", Reduce.Reduction.MAX, 18, "Reduce"),
        reduction("ReduceMin", Reduce.Reduction.MIN, 18, "Reduce"),
        reduction("ReduceL1", 18, "Abs, Reduce", ComposedActivations::absolute),
        reduction(
            "ReduceSumSquare", 18, "Multiply with itself, Reduce", ComposedActivations::square));
  }

  private static Operator reduction(
      String name, int asInput, String becomes, UnaryOperator<PendingNode> first) {
    return Operator.of(
        name,
        List.of(1, 11, 13, 18),
        becomes,
        changes(asInput),
        call -> reduced(call, call.data(0).with(first.apply(call.data(0).piece())), SUM));
  }

  private static String changes(int asInput) {
    return ("Axes are an attribute before version %d and an input since. Along the batch only sums and"
            + " means with keepdims are supported.")
        .formatted(asInput);
  }

  private static Operator reduction(
      String name, Reduce.Reduction reduction, int asInput, String becomes) {
    return Operator.of(
        name,
        List.of(1, 11, 13, 18).stream().filter(v -> v != 18 || asInput == 18).toList(),
        becomes,
        changes(asInput),
        call -> reduced(call, call.data(0), reduction));
  }

  private static Operand reduced(NodeCall call, DataValue x, Reduce.Reduction reduction) {
    long[] given = call.has(1) ? call.numbers(1).longs() : call.node().integers("axes");
    if (given.length == 0 && call.node().integer("noop_with_empty_axes", 0) == 1) {
      return x;
    }
    List<Integer> all =
        given.length == 0
            ? IntStream.range(0, x.rank()).boxed().toList()
            : Arrays.stream(given)
                .mapToObj(axis -> NodeCall.axis(axis, x.rank()))
                .distinct()
                .toList();
    boolean kept = call.node().integer("keepdims", 1) == 1;
    List<Integer> axes =
        all.stream()
            .filter(axis -> axis > 0)
            .map(axis -> x.order().get(axis - 1))
            .sorted()
            .toList();
    if (!all.contains(0)) {
      PendingNode piece = alongAxes(call, x.piece(), reduction, axes);
      return kept ? x.with(piece) : dropped(x, piece, axes);
    }
    if (!kept) {
      throw new GraphException("removes the batch axis, which every layer keeps");
    }
    PendingNode each = axes.isEmpty() ? x.piece() : of(new Reduce(reduction, axes), x.piece());
    return x.with(call.piece(new BatchReduce(reduction), each));
  }

  private static PendingNode alongAxes(
      NodeCall call, PendingNode x, Reduce.Reduction reduction, List<Integer> axes) {
    boolean pool =
        reduction == Reduce.Reduction.MEAN && x.shape().rank() == 3 && axes.equals(List.of(1, 2));
    return call.piece(pool ? new GlobalAvgPool() : new Reduce(reduction, axes), x);
  }

  private static PendingNode of(Layer layer, PendingNode input) {
    return new PendingNode("", layer, Map.of(), List.of(input));
  }

  /** Removes the reduced axes; the others keep the file's order. */
  private static Operand dropped(DataValue x, PendingNode piece, List<Integer> axes) {
    List<Integer> kept =
        IntStream.range(0, piece.shape().rank()).filter(a -> !axes.contains(a)).boxed().toList();
    List<Integer> order = x.order().stream().filter(kept::contains).map(kept::indexOf).toList();
    return new DataValue(
        ReshapeOps.reshaped("", piece, kept.stream().map(piece.shape()::size).toList()), order);
  }
}
