package dev.trifocal.onnx.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.ActivationFunction.Power;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.Multiply;
import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.Numbers;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Operator;
import dev.trifocal.onnx.operand.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sums, differences, products and quotients, of data and of data with constants. */
interface Arithmetic {
  String SPREADING =
      "Version 7 spreads axes as NumPy does, 6 with the attributes broadcast and axis.";

  static List<Operator> operators() {
    List<Integer> versions = List.of(1, 6, 7, 13, 14);
    return List.of(
        Operator.of(
            "Add",
            versions,
            "Add; with a constant: the bias of the layer before, else Affine or Learned and Add",
            SPREADING,
            call -> Joining.of(call, Joining.Kind.ADD).operand()),
        Operator.of(
            "Sub",
            versions,
            "Affine by -1 and Add; with a constant as Add",
            SPREADING,
            call -> Joining.of(call, Joining.Kind.SUBTRACT).operand()),
        Operator.of(
            "Mul",
            versions,
            "Multiply; with a constant Affine, or Learned and Multiply",
            SPREADING,
            call -> Joining.of(call, Joining.Kind.MULTIPLY).operand()),
        Operator.of(
            "Div",
            versions,
            "Divide; by a constant Affine, or Learned and Multiply; of a constant Power(-1), then as Mul",
            SPREADING,
            call -> Joining.of(call, Joining.Kind.DIVIDE).operand()),
        Operator.of(
            "Neg", List.of(1, 6, 13), "Affine by -1", "", call -> negative(call, call.flow(0))),
        Operator.of(
            "Sum",
            List.of(1, 6, 8, 13),
            "Add",
            "Version 8 spreads axes as NumPy does.",
            call -> sum(call, call.path())),
        Operator.of(
            "Mean",
            List.of(1, 6, 8, 13),
            "Add and Affine",
            "Version 8 spreads axes as NumPy does.",
            Arithmetic::mean),
        Operator.of(
            "Pow",
            List.of(1, 7, 12, 13, 15),
            "Power; Multiply by itself for exponent 2",
            "The exponent must be one constant number.",
            Arithmetic::power));
  }

  private static Operand negative(Call call, Flow x) {
    return x.with(Constants.scaled(call.path(), x.piece(), -1, 0));
  }

  private static Flow sum(Call call, String path) {
    List<Flow> flows = new ArrayList<>();
    List<Numbers> constants = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      if (call.flows(i)) {
        flows.add(call.flow(i));
      } else {
        constants.add(call.numbers(i));
      }
    }
    if (flows.isEmpty()) {
      throw new GraphException("reads nothing but constants");
    }
    Flow result = flows.get(0);
    if (flows.size() > 1) {
      result =
          new Flow(
              new Piece(path, new Add(), Map.of(), Alignment.of(flows)), Alignment.order(flows));
    }
    for (Numbers constant : constants) {
      result = Joining.added(call, result, constant);
    }
    return result;
  }

  private static Operand mean(Call call) {
    Flow sum = sum(call, "");
    double each = 1.0 / call.inputs().size();
    return sum.with(Constants.scaled(call.path(), sum.piece(), each, 0));
  }

  private static Operand power(Call call) {
    Flow x = call.flow(0);
    Constants.requireRank(call.numbers(1), x);
    double exponent = call.numbers(1).single();
    if (exponent == 1) {
      return x;
    }
    return exponent == 2
        ? x.with(call.piece(new Multiply(), x.piece(), x.piece()))
        : Activations.applied(call, new Power(Activations.decimal(exponent)));
  }
}
