package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Concat;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operand.PendingNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Operators that repeat data along axes, or constants for each sample. */
final class ExpandTileOps {
  /** The most copies; more would make the graph unreadable. */
  static final int MOST = 256;

  private ExpandTileOps() {}

  static List<Operator> operators() {
    String learned = "Concat of copies; a constant repeated for each sample becomes LearnableInput";
    return List.of(
        Operator.of("Expand", List.of(8, 13), learned, "", ExpandTileOps::expand),
        Operator.of(
            "Tile",
            List.of(6, 13),
            learned,
            "Since version 6 the repeats of all axes are an input.",
            ExpandTileOps::tile));
  }

  /** Returns a constant {@code [1, ...]} as data that is the same for each sample. */
  static DataValue perSample(NodeCall call, int input) {
    ConstantValue constant = call.numbers(input);
    if (constant.rank() == 0 || constant.sizes().get(0) != 1) {
      throw new GraphException(
          "has a constant of shape %s with its own batch axis".formatted(constant.sizes()));
    }
    List<Integer> sample = constant.sizes().subList(1, constant.rank());
    return DataValue.of(
        ConstantOps.learned(call.node().inputs().get(input), constant.reshaped(sample).tensor()));
  }

  private static Operand expand(NodeCall call) {
    ConstantValue target = call.numbers(1);
    if (!call.flows(0) && isSample(call.numbers(0), target)) {
      return DataValue.of(ConstantOps.learned(call.path(), call.numbers(0).tensor()));
    }
    DataValue x = call.flows(0) ? call.data(0) : perSample(call, 0);
    if (target.count() > x.rank()) {
      throw new GraphException("adds axes before the batch axis of samples of " + x.shape());
    }
    int lead = x.rank() - target.count();
    DataValue result = x;
    for (int i = 0; i < target.count(); i++) {
      int axis = i + lead;
      if (axis == 0) {
        requireBatch(call, x, target, i);
      } else if (target.perBatch(i)) {
        throw new GraphException("expands an axis to the batch size");
      } else if (x.shape().size(axis - 1) == 1) {
        result = repeated(result, axis, (long) target.at(i));
      } else if (target.at(i) != 1 && target.at(i) != x.shape().size(axis - 1)) {
        throw new GraphException(
            "cannot expand %s to size %s".formatted(x.shape(), (long) target.at(i)));
      }
    }
    return result;
  }

  /** Returns whether a constant has the shape of one sample and is repeated for each. */
  private static boolean isSample(ConstantValue constant, ConstantValue target) {
    int rank = constant.rank();
    boolean sample = target.count() == rank + 1 && target.perBatch(0) && target.at(0) == 1;
    for (int axis = 0; sample && axis < rank; axis++) {
      sample = !target.perBatch(axis + 1) && target.at(axis + 1) == constant.sizes().get(axis);
    }
    return sample;
  }

  /** Checks that the batch axis stays as it is: its target size is 1 or the batch size. */
  private static void requireBatch(NodeCall call, DataValue x, ConstantValue target, int index) {
    double size = target.at(index);
    if (!x.piece().batched() && (size != 1 || target.perBatch(index))) {
      throw new GraphException("repeats a value shared by the batch for each sample");
    }
    boolean own = size == call.file().batch().orElse(1);
    if (size != 1 && (target.perBatch(index) || !own)) {
      throw new GraphException("expands the batch to " + (long) size);
    }
  }

  private static Operand tile(NodeCall call) {
    ConstantValue repeats = call.numbers(1);
    boolean spread = repeats.count() > 0 && repeats.perBatch(0) && repeats.at(0) == 1;
    DataValue x = call.flows(0) ? call.data(0) : perSample(call, 0);
    if (repeats.count() != x.rank() || (repeats.at(0) != 1 || spread && call.flows(0))) {
      throw new GraphException("repeats the batch axis");
    }
    DataValue result = x;
    for (int axis = 1; axis < x.rank(); axis++) {
      if (repeats.perBatch(axis)) {
        throw new GraphException("repeats an axis by the batch size");
      }
      result = repeated(result, axis, (long) repeats.at(axis));
    }
    return result;
  }

  /** Repeats data along an axis in the file's order. */
  private static DataValue repeated(DataValue x, int axis, long count) {
    if (count == 1) {
      return x;
    }
    if (count < 1 || count > MOST) {
      throw new GraphException(
          "repeats an axis %d times; between 1 and %d are supported".formatted(count, MOST));
    }
    List<PendingNode> copies = new ArrayList<>(Collections.nCopies((int) count, x.piece()));
    return x.with(new PendingNode("", new Concat(x.order().get(axis - 1)), Map.of(), copies));
  }
}
