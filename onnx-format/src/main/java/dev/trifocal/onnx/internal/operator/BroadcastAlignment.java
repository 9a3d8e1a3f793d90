package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.PendingNode;
import java.util.List;

/** Aligns the axes of data operands of elementwise operators. */
final class BroadcastAlignment {
  private BroadcastAlignment() {}

  /**
   * Returns pieces with the same axis order.
   *
   * @throws GraphException if the operands differ in rank
   */
  static List<PendingNode> of(List<DataValue> flows) {
    if (flows.stream().map(DataValue::rank).distinct().count() != 1) {
      throw new GraphException(
          "combines samples of shapes %s, whose batch axes do not align"
              .formatted(flows.stream().map(DataValue::shape).toList()));
    }
    return flows.stream().map(alike(flows) ? DataValue::piece : DataValue::settled).toList();
  }

  /** Returns the axis order of a result computed from these pieces. */
  static List<Integer> order(List<DataValue> flows) {
    return alike(flows) ? flows.get(0).order() : flows.get(0).order().stream().sorted().toList();
  }

  private static boolean alike(List<DataValue> flows) {
    return flows.stream().map(DataValue::order).distinct().count() == 1;
  }
}
