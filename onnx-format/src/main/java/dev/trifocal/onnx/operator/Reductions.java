package dev.trifocal.onnx.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.GlobalAvgPool;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Multiply;
import dev.trifocal.layer.Reduce;
import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Operator;
import dev.trifocal.onnx.operand.Piece;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** One number for the elements along some axes. */
interface Reductions {
  Reduce.Reduction SUM = Reduce.Reduction.SUM;

  static List<Operator> operators() {
    return List.of(
        reduction(
            "ReduceMean",
            Reduce.Reduction.MEAN,
            18,
            "GlobalAvgPool over height and width; else Reduce"),
        reduction("ReduceSum", SUM, 13, "Reduce"),
        reduction("ReduceMax", Reduce.Reduction.MAX, 18, "Reduce"),
        reduction("ReduceMin", Reduce.Reduction.MIN, 18, "Reduce"),
        reduction("ReduceL1", 18, "Relu of x and of -x, Add, Reduce", Composed::absolute),
        reduction("ReduceSumSquare", 18, "Multiply by itself, Reduce", Reductions::square));
  }

  private static Operator reduction(
      String name, int asInput, String becomes, UnaryOperator<Piece> first) {
    return Operator.of(
        name,
        List.of(1, 11, 13, 18),
        becomes,
        changes(asInput),
        call -> reduced(call, call.flow(0).with(first.apply(call.flow(0).piece())), SUM));
  }

  private static String changes(int asInput) {
    return "Axes are an attribute before version %d, an input since; the batch's is refused."
        .formatted(asInput);
  }

  private static Piece square(Piece x) {
    return new Piece("", new Multiply(), Map.of(), List.of(x, x));
  }

  private static Operator reduction(
      String name, Reduce.Reduction reduction, int asInput, String becomes) {
    return Operator.of(
        name,
        List.of(1, 11, 13, 18).stream().filter(v -> v != 18 || asInput == 18).toList(),
        becomes,
        changes(asInput),
        call -> reduced(call, call.flow(0), reduction));
  }

  private static Operand reduced(Call call, Flow x, Reduce.Reduction reduction) {
    long[] given = call.has(1) ? call.numbers(1).longs() : call.node().integers("axes");
    if (given.length == 0) {
      if (call.node().integer("noop_with_empty_axes", 0) == 1) {
        return x;
      }
      throw new GraphException("reduces all axes, the batch's among them");
    }
    List<Integer> axes =
        Arrays.stream(given)
            .mapToObj(axis -> x.order().get(Call.sampleAxis(axis, x)))
            .sorted()
            .distinct()
            .toList();
    boolean pool =
        reduction == Reduce.Reduction.MEAN
            && x.piece().shape().rank() == 3
            && axes.equals(List.of(1, 2));
    Layer layer = pool ? new GlobalAvgPool() : new Reduce(reduction, axes);
    Piece piece = call.piece(layer, x.piece());
    return call.node().integer("keepdims", 1) == 1 ? x.with(piece) : dropped(x, piece, axes);
  }

  /**
   * Without the axes that were reduced; the others stay in the order in which the file has them.
   */
  private static Operand dropped(Flow x, Piece piece, List<Integer> axes) {
    List<Integer> kept =
        IntStream.range(0, piece.shape().rank()).filter(a -> !axes.contains(a)).boxed().toList();
    List<Integer> order = x.order().stream().filter(kept::contains).map(kept::indexOf).toList();
    return new Flow(
        Reshapes.reshaped("", piece, kept.stream().map(piece.shape()::size).toList()), order);
  }
}
