package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.ActivationFunction.Power;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.Multiply;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operand.PendingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Addition, subtraction, multiplication and division of data and constants. */
final class ArithmeticOps {
  static final String SPREADING =
      "Since version 7 broadcasting follows NumPy; version 6 uses the attributes broadcast and axis.";

  private ArithmeticOps() {}

  static List<Operator> operators() {
    List<Integer> versions = List.of(1, 6, 7, 13, 14);
    return List.of(
        Operator.of(
            "Add",
            versions,
            "Add; with a constant the bias of the preceding layer, otherwise Affine or LearnableInput and Add",
            SPREADING,
            call -> BinaryOperands.of(call, BinaryOperands.Kind.ADD).operand()),
        Operator.of(
            "Sub",
            versions,
            "Affine by -1 and Add; with a constant like Add",
            SPREADING,
            call -> BinaryOperands.of(call, BinaryOperands.Kind.SUBTRACT).operand()),
        Operator.of(
            "Mul",
            versions,
            "Multiply; with a constant Affine or LearnableInput and Multiply",
            SPREADING,
            call -> BinaryOperands.of(call, BinaryOperands.Kind.MULTIPLY).operand()),
        Operator.of(
            "Div",
            versions,
            "Divide; for a constant divisor Affine or LearnableInput and Multiply; for a constant dividend Power(-1), then like Mul",
            SPREADING,
            call -> BinaryOperands.of(call, BinaryOperands.Kind.DIVIDE).operand()),
        Operator.of(
            "Neg", List.of(1, 6, 13), "Affine by -1", "", call -> negative(call, call.data(0))),
        Operator.of(
            "Sum",
            List.of(1, 6, 8, 13),
            "Add",
            "Since version 8 broadcasting follows NumPy.",
            call -> sum(call, call.path())),
        Operator.of(
            "Mean",
            List.of(1, 6, 8, 13),
            "Add and Affine",
            "Since version 8 broadcasting follows NumPy.",
            ArithmeticOps::mean),
        Operator.of(
            "Pow",
            List.of(1, 7, 12, 13, 15),
            "Power; for exponent 2 Multiply with itself",
            "The exponent must be a single constant number.",
            ArithmeticOps::power));
  }

  private static Operand negative(NodeCall call, DataValue x) {
    return x.with(ConstantOps.scaled(call.path(), x.piece(), -1, 0));
  }

  private static DataValue sum(NodeCall call, String path) {
    List<DataValue> flows = new ArrayList<>();
    List<ConstantValue> constants = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      if (call.flows(i)) {
        flows.add(call.data(i));
      } else {
        constants.add(call.numbers(i));
      }
    }
    if (flows.isEmpty()) {
      throw new GraphException("has only constant inputs");
    }
    DataValue result = flows.get(0);
    if (flows.size() > 1) {
      result =
          new DataValue(
              new PendingNode(path, new Add(), Map.of(), BroadcastAlignment.of(flows)),
              BroadcastAlignment.order(flows));
    }
    for (ConstantValue constant : constants) {
      result = BinaryOperands.added(call, result, constant);
    }
    return result;
  }

  private static Operand mean(NodeCall call) {
    DataValue sum = sum(call, "");
    double each = 1.0 / call.inputs().size();
    return sum.with(ConstantOps.scaled(call.path(), sum.piece(), each, 0));
  }

  private static Operand power(NodeCall call) {
    DataValue x = call.data(0);
    ConstantOps.requireRank(call.numbers(1), x);
    double exponent = call.numbers(1).single();
    if (exponent == 1) {
      return x;
    }
    return exponent == 2
        ? x.with(call.piece(new Multiply(), x.piece(), x.piece()))
        : ActivationOps.applied(call, new Power(ActivationOps.decimal(exponent)));
  }
}
