package dev.trifocal.onnx.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Flatten;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Reshape;
import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.Numbers;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Operator;
import dev.trifocal.onnx.operand.Piece;
import dev.trifocal.onnx.operand.Shortcut;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The same elements with other axes; the batch stays in front. */
interface Reshapes {
  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "Reshape",
            List.of(1, 5, 13, 14, 19, 21, 23),
            "Flatten to a vector, else Reshape; nothing where the shape stays",
            "The shape is an attribute in version 1, an input since; it must be constant but for the"
                + " batch. 14 adds allowzero.",
            Reshapes::reshape),
        Operator.of(
            "Flatten",
            List.of(1, 9, 11, 13, 21, 23),
            "Flatten",
            "Version 11 allows axes from the end. The batch must stay an axis of its own.",
            Reshapes::flatten),
        Operator.of(
            "Squeeze",
            List.of(1, 11, 13, 21, 23),
            "Reshape",
            "Axes are an attribute before version 13, an input since. Without axes, those of size 1"
                + " but for the batch, unless the file is for a batch of 1.",
            Reshapes::squeeze),
        Operator.of(
            "Unsqueeze",
            List.of(1, 11, 13, 21, 23),
            "Reshape",
            "Axes are an attribute before version 13, an input since.",
            Reshapes::unsqueeze));
  }

  /** A vector of all elements. */
  static Piece flattened(Piece piece) {
    return piece.shape().rank() == 1
        ? piece
        : new Piece("", new Flatten(), Map.of(), List.of(piece));
  }

  /** The elements of a piece with other axes. */
  static Piece reshaped(String path, Piece piece, List<Integer> sizes) {
    if (piece.shape().sizes().equals(sizes)) {
      return piece;
    }
    Layer layer = sizes.size() == 1 ? new Flatten() : new Reshape(new Shape(sizes));
    return new Piece(path, layer, Map.of(), List.of(piece));
  }

  /** What the file sees of data, with other axes. */
  private static Operand reshaped(Call call, Flow x, List<Integer> sizes) {
    if (x.shape().sizes().equals(sizes)) {
      return x;
    }
    long count = new Shape(sizes).elements();
    if (count != x.shape().elements()) {
      throw new GraphException("makes %s of %s, which mixes samples".formatted(sizes, x.shape()));
    }
    Piece result = reshaped(call.path(), x.settled(), sizes);
    return Flow.of(
        sizes.size() == 1 && !x.inOrder()
            ? result.with(new Shortcut.Reordered(x.piece(), x.order()))
            : result);
  }

  private static Operand reshape(Call call) {
    Flow x = call.flow(0);
    Numbers target =
        call.has(1) ? call.numbers(1) : Numbers.integers(call.node().integers("shape"));
    return reshaped(call, x, new BatchedShape(x, call).sizes(target));
  }

  private static Operand flatten(Call call) {
    Flow x = call.flow(0);
    long given = call.node().integer("axis", 1);
    int axis = given == x.rank() ? x.rank() : Call.axis(given, x.rank());
    long before =
        IntStream.range(1, Math.max(1, axis))
            .mapToLong(a -> x.shape().size(a - 1))
            .reduce(1, (a, b) -> a * b);
    if (axis == 0 || before != 1) {
      throw new GraphException("flattens the batch with other axes");
    }
    return reshaped(call, x, List.of(WindowReading.number(x.shape().elements())));
  }

  private static Operand squeeze(Call call) {
    Flow x = call.flow(0);
    long[] given = axes(call);
    boolean oneRow = !x.piece().batched() || call.surroundings().batch().orElse(0) == 1;
    if (given.length == 0 && oneRow) {
      throw new GraphException("drops all axes of size 1, perhaps the batch's");
    }
    List<Integer> dropped =
        given.length == 0
            ? IntStream.range(0, x.shape().rank())
                .filter(axis -> x.shape().size(axis) == 1)
                .boxed()
                .toList()
            : Arrays.stream(given).mapToObj(axis -> Call.sampleAxis(axis, x)).toList();
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

  private static Operand unsqueeze(Call call) {
    Flow x = call.flow(0);
    long[] given = axes(call);
    int rank = x.rank() + given.length;
    List<Integer> added =
        Arrays.stream(given).mapToObj(axis -> Call.axis(axis, rank)).sorted().toList();
    if (added.contains(0)) {
      throw new GraphException("adds an axis before the batch");
    }
    List<Integer> sizes = new ArrayList<>(x.shape().sizes());
    added.forEach(axis -> sizes.add(Math.min(axis - 1, sizes.size()), 1));
    return reshaped(call, x, sizes);
  }

  private static long[] axes(Call call) {
    return call.has(1) ? call.numbers(1).longs() : call.node().integers("axes");
  }
}
