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

/** The same elements with other axes; the batch stays in front. */
final class ReshapeOps {
  private ReshapeOps() {}

  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "Reshape",
            List.of(1, 5, 13, 14, 19, 21, 23),
            "Flatten to a vector, else Reshape; nothing where the shape stays",
            "The shape is an attribute in version 1, an input since; it must be constant but for the"
                + " batch. 14 adds allowzero.",
            ReshapeOps::reshape),
        Operator.of(
            "Flatten",
            List.of(1, 9, 11, 13, 21, 23),
            "Flatten",
            "Version 11 allows axes from the end. The batch must stay an axis of its own.",
            ReshapeOps::flatten),
        Operator.of(
            "Squeeze",
            List.of(1, 11, 13, 21, 23),
            "Reshape",
            "Axes are an attribute before version 13, an input since. Without axes, those of size 1"
                + " but for the batch, unless the file is for a batch of 1.",
            ReshapeOps::squeeze),
        Operator.of(
            "Unsqueeze",
            List.of(1, 11, 13, 21, 23),
            "Reshape",
            "Axes are an attribute before version 13, an input since.",
            ReshapeOps::unsqueeze));
  }

  /** A vector of all elements. */
  static PendingNode flattened(PendingNode piece) {
    return piece.shape().rank() == 1
        ? piece
        : new PendingNode("", new Flatten(), Map.of(), List.of(piece));
  }

  /** The elements of a piece with other axes. */
  static PendingNode reshaped(String path, PendingNode piece, List<Integer> sizes) {
    if (piece.shape().sizes().equals(sizes)) {
      return piece;
    }
    Layer layer = sizes.size() == 1 ? new Flatten() : new Reshape(new Shape(sizes));
    return new PendingNode(path, layer, Map.of(), List.of(piece));
  }

  /** What the file sees of data, with other axes. */
  private static Operand reshaped(NodeCall call, DataValue x, List<Integer> sizes) {
    if (x.shape().sizes().equals(sizes)) {
      return x;
    }
    long count = new Shape(sizes).elements();
    if (count != x.shape().elements()) {
      throw new GraphException("makes %s of %s, which mixes samples".formatted(sizes, x.shape()));
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
      throw new GraphException("flattens the batch with other axes");
    }
    return reshaped(call, x, List.of(WindowAttributes.number(x.shape().elements())));
  }

  private static Operand squeeze(NodeCall call) {
    DataValue x = call.data(0);
    long[] given = axes(call);
    boolean oneRow = !x.piece().batched() || call.file().batch().orElse(0) == 1;
    if (given.length == 0 && oneRow) {
      throw new GraphException("drops all axes of size 1, perhaps the batch's");
    }
    List<Integer> dropped =
        given.length == 0
            ? IntStream.range(0, x.shape().rank())
                .filter(axis -> x.shape().size(axis) == 1)
                .boxed()
                .toList()
            : Arrays.stream(given).mapToObj(axis -> NodeCall.sampleAxis(axis, x)).toList();
    if (dropped.stream().anyMatch(axis -> x.shape().size(axis) != 1)) {
      throw new GraphException("drops axes of %s that are not of size 1".formatted(x.shape()));
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
      throw new GraphException("adds an axis before the batch");
    }
    List<Integer> sizes = new ArrayList<>(x.shape().sizes());
    added.forEach(axis -> sizes.add(Math.min(axis - 1, sizes.size()), 1));
    return reshaped(call, x, sizes);
  }

  private static long[] axes(NodeCall call) {
    return call.has(1) ? call.numbers(1).longs() : call.node().integers("axes");
  }
}
