package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Slice;
import dev.trifocal.onnx.internal.folding.SliceRange;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operand.PendingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that slice and concatenate data. */
final class ConcatSliceOps {
  /** The most single rows to select; more would make the graph unreadable. */
  static final int MOST_ROWS = 256;

  private ConcatSliceOps() {}

  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "Concat",
            List.of(1, 4, 11, 13),
            "Concat",
            "Version 1 joins channels by default. Joining along the batch axis is not supported. A constant"
                + " operand becomes LearnableInput.",
            ConcatSliceOps::concat),
        Operator.of(
            "Slice",
            List.of(1, 10, 11, 13),
            "Slice; with a negative step Concat of Slices",
            "Starts, ends and axes are attributes before version 10 and, together with steps, inputs since.",
            ConcatSliceOps::slice),
        new Operator(
            "Split",
            List.of(1, 2, 11, 13, 18),
            "one Slice per part",
            "Sizes are an attribute before version 13 and an input since; version 18 adds num_outputs.",
            ConcatSliceOps::split),
        Operator.of(
            "Gather",
            List.of(1, 11, 13),
            "Slice; Concat for several rows",
            "Indices must be constant and have at most one axis.",
            ConcatSliceOps::gather));
  }

  private static Operand concat(NodeCall call) {
    List<DataValue> flows = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      flows.add(call.flows(i) ? call.data(i) : ExpandTileOps.perSample(call, i));
    }
    int axis = NodeCall.sampleAxis(call.node().integer("axis", 1), flows.get(0));
    if (flows.size() == 1) {
      return flows.get(0);
    }
    List<PendingNode> pieces = BroadcastAlignment.of(flows);
    List<Integer> order = BroadcastAlignment.order(flows);
    return new DataValue(
        call.piece(new Concat(order.get(axis)), pieces.toArray(PendingNode[]::new)), order);
  }

  private static Operand slice(NodeCall call) {
    DataValue x = call.data(0);
    DataValue result = x;
    for (SliceRange range : SliceRange.of(call, sizes(call, x))) {
      result = cut(call, result, range);
    }
    return result;
  }

  private static List<Operand> split(NodeCall call) {
    DataValue x = call.data(0);
    if (NodeCall.axis(call.node().integer("axis", 0), x.rank()) == 0) {
      throw new GraphException("splits the batch axis");
    }
    return SliceRange.parts(call, sizes(call, x)).stream()
        .map(range -> (Operand) cut(call, x, range))
        .toList();
  }

  /** Returns the shape of data for slicing; an open batch size counts as unlimited. */
  private static List<Integer> sizes(NodeCall call, DataValue x) {
    List<Integer> sizes = new ArrayList<>(x.shape().sizes());
    long batch = call.file().batch().orElse(Integer.MAX_VALUE);
    sizes.add(0, (int) Math.min(Integer.MAX_VALUE, batch));
    return sizes;
  }

  private static DataValue cut(NodeCall call, DataValue x, SliceRange range) {
    boolean whole =
        range.start() == 0
            && range.step() == 1
            && range.count() == sizes(call, x).get(range.axis());
    if (whole) {
      return x;
    }
    if (range.axis() == 0) {
      throw new GraphException("takes a part of the batch axis");
    }
    if (range.count() == 0) {
      throw new GraphException("selects no elements");
    }
    int axis = x.order().get(range.axis() - 1);
    if (range.step() < 0 && range.count() > 1) {
      long[] rows =
          LongStream.range(0, range.count()).map(i -> range.start() + i * range.step()).toArray();
      return x.with(rows(call, x.piece(), axis, rows));
    }
    int end = range.start() + (range.count() - 1) * range.step() + 1;
    int step = Math.max(1, range.step());
    return x.with(call.piece(new Slice(axis, range.start(), end, step), x.piece()));
  }

  private static Operand gather(NodeCall call) {
    DataValue x = call.data(0);
    ConstantValue at = call.numbers(1);
    int axis = NodeCall.sampleAxis(call.node().integer("axis", 0), x);
    int size = x.shape().size(axis);
    long[] rows = at.longs();
    if (at.rank() > 1) {
      throw new GraphException("indices of shape %s are not supported".formatted(at.sizes()));
    }
    PendingNode joined =
        rows(
            call,
            x.piece(),
            x.order().get(axis),
            Arrays.stream(rows).map(row -> NodeCall.axis(row, size)).toArray());
    return at.rank() == 1 ? x.with(joined) : without(call, x.with(joined), axis);
  }

  /** Selects rows along an axis; consecutive rows are taken by one Slice. */
  private static PendingNode rows(NodeCall call, PendingNode x, int axis, long... rows) {
    if (rows.length == 0 || rows.length > MOST_ROWS) {
      throw new GraphException(
          "selects %d single rows; between 1 and %d are supported"
              .formatted(rows.length, MOST_ROWS));
    }
    List<PendingNode> parts = new ArrayList<>();
    for (int i = 0; i < rows.length; ) {
      int start = (int) rows[i];
      int end = start;
      while (i < rows.length && rows[i] == end) {
        end++;
        i++;
      }
      parts.add(new PendingNode("", new Slice(axis, start, end, 1), Map.of(), List.of(x)));
    }
    return parts.size() == 1
        ? parts.get(0)
        : call.piece(new Concat(axis), parts.toArray(PendingNode[]::new));
  }

  private static Operand without(NodeCall call, DataValue x, int axis) {
    int own = x.order().get(axis);
    List<Integer> kept =
        IntStream.range(0, x.order().size()).filter(a -> a != own).boxed().toList();
    List<Integer> order = x.order().stream().filter(kept::contains).map(kept::indexOf).toList();
    List<Integer> sizes = kept.stream().map(x.piece().shape()::size).toList();
    return new DataValue(ReshapeOps.reshaped(call.path(), x.piece(), sizes), order);
  }
}
