package dev.trifocal.onnx.operator;

import dev.trifocal.layer.Add;
import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Operator;
import dev.trifocal.onnx.operand.Piece;
import java.util.ArrayList;
import java.util.List;

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
            "Affine, or Learned and Multiply",
            SPREADING + " The divisor must be constant.",
            call -> Joining.of(call, Joining.Kind.DIVIDE).operand()),
        Operator.of(
            "Neg", List.of(1, 6, 13), "Affine by -1", "", call -> negative(call, call.flow(0))),
        Operator.of(
            "Sum",
            List.of(1, 6, 8, 13),
            "Add",
            "Version 8 spreads axes as NumPy does.",
            Arithmetic::sum));
  }

  private static Operand negative(Call call, Flow x) {
    return x.with(Constants.scaled(call.path(), x.piece(), -1, 0));
  }

  private static Operand sum(Call call) {
    if (call.inputs().size() == 1) {
      return call.operand(0);
    }
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      flows.add(call.flow(i));
    }
    List<Piece> pieces = Alignment.of(flows);
    return new Flow(call.piece(new Add(), pieces.toArray(Piece[]::new)), Alignment.order(flows));
  }
}
