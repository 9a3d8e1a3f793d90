package dev.trifocal.onnx.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Slice;
import dev.trifocal.onnx.folding.Cut;
import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.Numbers;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Operator;
import dev.trifocal.onnx.operand.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Parts of data, and data joined of parts. */
interface Parts {
  /** More single rows than these make a graph that nobody wants to read. */
  int MOST_ROWS = 256;

  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "Concat",
            List.of(1, 4, 11, 13),
            "Concat",
            "Version 1 joins channels if no axis is given. The batch's axis is refused. A constant"
                + " beside data becomes Learned.",
            Parts::concat),
        Operator.of(
            "Slice",
            List.of(1, 10, 11, 13),
            "Slice; backwards Concat of Slice",
            "Starts, ends and axes are attributes before version 10, inputs since, with steps.",
            Parts::slice),
        new Operator(
            "Split",
            List.of(1, 2, 11, 13, 18),
            "Slice for each part",
            "Sizes are an attribute before version 13, an input since; 18 adds num_outputs.",
            Parts::split),
        Operator.of(
            "Gather",
            List.of(1, 11, 13),
            "Slice; several rows are joined by Concat",
            "Indices must be constant, with one axis at most.",
            Parts::gather));
  }

  private static Operand concat(Call call) {
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      flows.add(call.flows(i) ? call.flow(i) : Repeats.perSample(call, i));
    }
    int axis = Call.sampleAxis(call.node().integer("axis", 1), flows.get(0));
    if (flows.size() == 1) {
      return flows.get(0);
    }
    List<Piece> pieces = Alignment.of(flows);
    List<Integer> order = Alignment.order(flows);
    return new Flow(call.piece(new Concat(order.get(axis)), pieces.toArray(Piece[]::new)), order);
  }

  private static Operand slice(Call call) {
    Flow x = call.flow(0);
    Flow result = x;
    for (Cut cut : Cut.of(call, sizes(call, x))) {
      result = cut(call, result, cut);
    }
    return result;
  }

  private static List<Operand> split(Call call) {
    Flow x = call.flow(0);
    if (Call.axis(call.node().integer("axis", 0), x.rank()) == 0) {
      throw new GraphException("splits the batch");
    }
    return Cut.parts(call, sizes(call, x)).stream()
        .map(cut -> (Operand) cut(call, x, cut))
        .toList();
  }

  /** A batch whose size the file does not say counts as if it never ended. */
  private static List<Integer> sizes(Call call, Flow x) {
    List<Integer> sizes = new ArrayList<>(x.shape().sizes());
    long batch = call.surroundings().batch().orElse(Integer.MAX_VALUE);
    sizes.add(0, (int) Math.min(Integer.MAX_VALUE, batch));
    return sizes;
  }

  private static Flow cut(Call call, Flow x, Cut cut) {
    boolean whole =
        cut.start() == 0 && cut.step() == 1 && cut.count() == sizes(call, x).get(cut.axis());
    if (whole) {
      return x;
    }
    if (cut.axis() == 0) {
      throw new GraphException("takes a part of the batch");
    }
    if (cut.count() == 0) {
      throw new GraphException("takes no elements");
    }
    int axis = x.order().get(cut.axis() - 1);
    if (cut.step() < 0 && cut.count() > 1) {
      long[] rows =
          LongStream.range(0, cut.count()).map(i -> cut.start() + i * cut.step()).toArray();
      return x.with(rows(call, x.piece(), axis, rows));
    }
    int end = cut.start() + (cut.count() - 1) * cut.step() + 1;
    int step = Math.max(1, cut.step());
    return x.with(call.piece(new Slice(axis, cut.start(), end, step), x.piece()));
  }

  private static Operand gather(Call call) {
    Flow x = call.flow(0);
    Numbers at = call.numbers(1);
    int axis = Call.sampleAxis(call.node().integer("axis", 0), x);
    int size = x.shape().size(axis);
    long[] rows = at.longs();
    if (at.rank() > 1) {
      throw new GraphException("takes rows at indices of sizes %s".formatted(at.sizes()));
    }
    Piece joined =
        rows(
            call,
            x.piece(),
            x.order().get(axis),
            Arrays.stream(rows).map(row -> Call.axis(row, size)).toArray());
    return at.rank() == 1 ? x.with(joined) : without(call, x.with(joined), axis);
  }

  /** Rows of an axis, those that follow one another together. */
  private static Piece rows(Call call, Piece x, int axis, long... rows) {
    if (rows.length == 0 || rows.length > MOST_ROWS) {
      throw new GraphException("takes %d single rows".formatted(rows.length));
    }
    List<Piece> parts = new ArrayList<>();
    for (int i = 0; i < rows.length; ) {
      int start = (int) rows[i];
      int end = start;
      while (i < rows.length && rows[i] == end) {
        end++;
        i++;
      }
      parts.add(new Piece("", new Slice(axis, start, end, 1), Map.of(), List.of(x)));
    }
    return parts.size() == 1
        ? parts.get(0)
        : call.piece(new Concat(axis), parts.toArray(Piece[]::new));
  }

  private static Operand without(Call call, Flow x, int axis) {
    int own = x.order().get(axis);
    List<Integer> kept =
        IntStream.range(0, x.order().size()).filter(a -> a != own).boxed().toList();
    List<Integer> order = x.order().stream().filter(kept::contains).map(kept::indexOf).toList();
    List<Integer> sizes = kept.stream().map(x.piece().shape()::size).toList();
    return new Flow(Reshapes.reshaped(call.path(), x.piece(), sizes), order);
  }
}
