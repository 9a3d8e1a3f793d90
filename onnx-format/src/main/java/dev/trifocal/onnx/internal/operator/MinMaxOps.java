package dev.trifocal.onnx.internal.operator;

import dev.trifocal.layer.Activation;
import dev.trifocal.layer.ActivationFunction.Relu;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operand.PendingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Elementwise minimum and maximum. */
final class MinMaxOps {
  private MinMaxOps() {}

  static List<Operator> operators() {
    List<Integer> versions = List.of(1, 6, 8, 12, 13);
    String changes =
        "Since version 8 broadcasting follows NumPy. Constants must be single numbers.";
    return List.of(
        Operator.of(
            "Max",
            versions,
            "Relu or Clip for a constant operand; Affine, Add and Relu for two data operands",
            changes,
            call -> of(call, 1)),
        Operator.of(
            "Min",
            versions,
            "Clip for a constant operand; Affine, Add and Relu for two data operands",
            changes,
            call -> of(call, -1)));
  }

  /**
   * Reads Max or Min.
   *
   * @param sign 1 for Max, -1 for Min
   */
  private static Operand of(NodeCall call, int sign) {
    List<DataValue> flows = new ArrayList<>();
    double bound = -Float.MAX_VALUE;
    for (int i = 0; i < call.inputs().size(); i++) {
      if (call.flows(i)) {
        flows.add(call.data(i));
      } else {
        ConstantValue constant = call.numbers(i);
        bound = Math.max(bound, sign * ActivationOps.decimal(constant.single()));
      }
    }
    for (int i = 0; i < call.inputs().size(); i++) {
      if (!call.flows(i)) {
        ConstantOps.requireRank(call.numbers(i), flows.get(0));
      }
    }
    DataValue result = flows.get(0);
    for (DataValue other : flows.subList(1, flows.size())) {
      result = larger(result, other, sign);
    }
    return sign > 0
        ? ActivationOps.clipped(call, result, bound, Float.MAX_VALUE)
        : ActivationOps.clipped(call, result, -Float.MAX_VALUE, -bound);
  }

  /** Returns {@code b + relu(a - b)} for Max, or {@code b - relu(b - a)} for Min. */
  private static DataValue larger(DataValue first, DataValue second, int sign) {
    List<DataValue> flows = List.of(first, second);
    List<PendingNode> pieces = BroadcastAlignment.of(flows);
    PendingNode a = ConstantOps.scaled("", pieces.get(0), sign, 0);
    PendingNode b = ConstantOps.scaled("", pieces.get(1), -sign, 0);
    PendingNode more = of(new Activation(new Relu()), of(new Add(), a, b));
    PendingNode result = of(new Add(), pieces.get(1), ConstantOps.scaled("", more, sign, 0));
    return new DataValue(result, BroadcastAlignment.order(flows));
  }

  private static PendingNode of(Layer layer, PendingNode... inputs) {
    return new PendingNode("", layer, Map.of(), List.of(inputs));
  }
}
