package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.PendingNode;
import java.util.List;

/** Data that meets other data, element by element. */
final class BroadcastAlignment {
  private BroadcastAlignment() {}

  /**
   * Pieces whose axes mean the same.
   *
   * @throws GraphException if they have not the same number of axes
   */
  static List<PendingNode> of(List<DataValue> flows) {
    if (flows.stream().map(DataValue::rank).distinct().count() != 1) {
      throw new GraphException(
          "joins data of %s, whose batches are not at the same place"
              .formatted(flows.stream().map(DataValue::shape).toList()));
    }
    return flows.stream().map(alike(flows) ? DataValue::piece : DataValue::settled).toList();
  }

  /** The order of the axes of what is made of these pieces. */
  static List<Integer> order(List<DataValue> flows) {
    return alike(flows) ? flows.get(0).order() : flows.get(0).order().stream().sorted().toList();
  }

  private static boolean alike(List<DataValue> flows) {
    return flows.stream().map(DataValue::order).distinct().count() == 1;
  }
}
