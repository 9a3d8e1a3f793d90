package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Flatten;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Reshape;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.LayerFusion;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Operators that reshape samples; the batch remains the first axis. */
final class ReshapeOps {
  private ReshapeOps() {}

  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "Reshape",
            List.of(1, 5, 13, 14, 19, 21, 23),
            "Flatten for a vector, otherwise Reshape; nothing if the shape is unchanged",
            "The shape is an attribute in version 1 and an input since; it must be constant except for the"
                + " batch size. Version 14 adds allowzero.",
            ReshapeOps::reshape),
        Operator.of(
            "Flatten",
            List.of(1, 9, 11, 13, 21, 23),
            "Flatten",
            "Version 11 allows negative axes. The batch must remain a separate axis.",
            ReshapeOps::flatten),
        Operator.of(
            "Squeeze",
            List.of(1, 11, 13, 21, 23),
            "Reshape",
            "Axes are an attribute before version 13 and an input since. By default all axes of size 1"
                + " but the batch; not supported if the file has a batch size of 1.",
            ReshapeOps::squeeze),
        Operator.of(
            "Unsqueeze",
            List.of(1, 11, 13, 21, 23),
            "Reshape",
            "Axes are an attribute before version 13 and an input since.",
            ReshapeOps::unsqueeze));
  }

  /** Flattens a piece to a vector. */
  static PendingNode flattened(PendingNode piece) {
    return piece.shape().rank() == 1
        ? piece
        : new PendingNode("", new Flatten(), Map.of(), List.of(piece));
  }

  /** Reshapes a piece. */
  static PendingNode reshaped(String path, PendingNode piece, List<Integer> sizes) {
    if (piece.shape().sizes().equals(sizes)) {
      return piece;
    }
    Layer layer = sizes.size() == 1 ? new Flatten() : new Reshape(new Shape(sizes));
    return new PendingNode(path, layer, Map.of(), List.of(piece));
  }

  /** Reshapes data as the file sees it. */
  private static Operand reshaped(NodeCall call, DataValue x, List<Integer> sizes) {
    if (x.shape().sizes().equals(sizes)) {
      return x;
    }
    long count = new Shape(sizes).elements();
    if (count != x.shape().elements()) {
      throw new GraphException(
          "reshapes samples of %2$s to %1$s, which mixes samples".formatted(sizes, x.shape()));
    }
    PendingNode result = reshaped(call.path(), x.settled(), sizes);
    return DataValue.of(
        sizes.size() == 1 && !x.inOrder()
            ? result.with(new LayerFusion.Reordered(x.piece(), x.order()))
            : result);
  }

  private static Operand reshape(NodeCall call) {
    DataValue x = call.data(0);
    ConstantValue target =
        call.has(1) ? call.numbers(1) : ConstantValue.integers(call.node().integers("shape"));
    return reshaped(call, x, new BatchedShape(x, call).sizes(target));
  }

  private static Operand flatten(NodeCall call) {
    DataValue x = call.data(0);
    long given = call.node().integer("axis", 1);
    int axis = given == x.rank() ? x.rank() : NodeCall.axis(given, x.rank());
    long before =
        IntStream.range(1, Math.max(1, axis))
            .mapToLong(a -> x.shape().size(a - 1))
            .reduce(1, (a, b) -> a * b);
    if (axis == 0 || before != 1) {
      throw new GraphException("flattens the batch axis with other axes");
    }
    return reshaped(call, x, List.of(WindowAttributes.number(x.shape().elements())));
  }

  private static Operand squeeze(NodeCall call) {
    DataValue x = call.data(0);
    long[] given = axes(call);
    boolean oneRow = !x.piece().batched() || call.file().batch().orElse(0) == 1;
    if (given.length == 0 && oneRow) {
      throw new GraphException("removes all axes of size 1, possibly the batch axis");
    }
    List<Integer> dropped =
        given.length == 0
            ? IntStream.range(0, x.shape().rank())
                .filter(axis -> x.shape().size(axis) == 1)
                .boxed()
                .toList()
            : Arrays.stream(given).mapToObj(axis -> NodeCall.sampleAxis(axis, x)).toList();
    if (dropped.stream().anyMatch(axis -> x.shape().size(axis) != 1)) {
      throw new GraphException("removes axes of %s that are not of size 1".formatted(x.shape()));
    }
    return reshaped(
        call,
        x,
        IntStream.range(0, x.shape().rank())
            .filter(axis -> !dropped.contains(axis))
            .mapToObj(x.shape()::size)
            .toList());
  }

  private static Operand unsqueeze(NodeCall call) {
    DataValue x = call.data(0);
    long[] given = axes(call);
    int rank = x.rank() + given.length;
    List<Integer> added =
        Arrays.stream(given).mapToObj(axis -> NodeCall.axis(axis, rank)).sorted().toList();
    if (added.contains(0)) {
      throw new GraphException("adds an axis before the batch axis");
    }
    List<Integer> sizes = new ArrayList<>(x.shape().sizes());
    added.forEach(axis -> sizes.add(Math.min(axis - 1, sizes.size()), 1));
    return reshaped(call, x, sizes);
  }

  private static long[] axes(NodeCall call) {
    return call.has(1) ? call.numbers(1).longs() : call.node().integers("axes");
  }
}
