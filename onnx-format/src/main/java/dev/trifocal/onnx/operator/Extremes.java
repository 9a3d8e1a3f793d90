package dev.trifocal.onnx.operator;

import dev.trifocal.layer.Activation;
import dev.trifocal.layer.ActivationFunction.Relu;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.Numbers;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Operator;
import dev.trifocal.onnx.operand.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The larger or smaller one of several values, element by element. */
interface Extremes {
  static List<Operator> operators() {
    List<Integer> versions = List.of(1, 6, 8, 12, 13);
    String changes = "Version 8 spreads axes as NumPy does. Constants must be single numbers.";
    return List.of(
        Operator.of(
            "Max",
            versions,
            "Relu or Clip beside a constant number; of data Affine, Add and Relu",
            changes,
            call -> of(call, 1)),
        Operator.of(
            "Min",
            versions,
            "Clip beside a constant number; of data Affine, Add and Relu",
            changes,
            call -> of(call, -1)));
  }

  /**
   * @param sign 1 for the larger one, -1 for the smaller one
   */
  private static Operand of(Call call, int sign) {
    List<Flow> flows = new ArrayList<>();
    double bound = -Float.MAX_VALUE;
    for (int i = 0; i < call.inputs().size(); i++) {
      if (call.flows(i)) {
        flows.add(call.flow(i));
      } else {
        Numbers constant = call.numbers(i);
        bound = Math.max(bound, sign * Activations.decimal(constant.single()));
      }
    }
    for (int i = 0; i < call.inputs().size(); i++) {
      if (!call.flows(i)) {
        Constants.requireRank(call.numbers(i), flows.get(0));
      }
    }
    Flow result = flows.get(0);
    for (Flow other : flows.subList(1, flows.size())) {
      result = larger(result, other, sign);
    }
    return sign > 0
        ? Activations.clipped(call, result, bound, Float.MAX_VALUE)
        : Activations.clipped(call, result, -Float.MAX_VALUE, -bound);
  }

  /** {@code b + relu(a - b)}, or {@code b - relu(b - a)} for the smaller one. */
  private static Flow larger(Flow first, Flow second, int sign) {
    List<Flow> flows = List.of(first, second);
    List<Piece> pieces = Alignment.of(flows);
    Piece a = Constants.scaled("", pieces.get(0), sign, 0);
    Piece b = Constants.scaled("", pieces.get(1), -sign, 0);
    Piece more = of(new Activation(new Relu()), of(new Add(), a, b));
    Piece result = of(new Add(), pieces.get(1), Constants.scaled("", more, sign, 0));
    return new Flow(result, Alignment.order(flows));
  }

  private static Piece of(Layer layer, Piece... inputs) {
    return new Piece("", layer, Map.of(), List.of(inputs));
  }
}
