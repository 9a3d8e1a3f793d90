package dev.trifocal.onnx.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Activation;
import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.ActivationFunction.Abs;
import dev.trifocal.layer.ActivationFunction.Clip;
import dev.trifocal.layer.ActivationFunction.Elu;
import dev.trifocal.layer.ActivationFunction.Gelu;
import dev.trifocal.layer.ActivationFunction.Relu;
import dev.trifocal.layer.ActivationFunction.Selu;
import dev.trifocal.layer.ActivationFunction.Tanh;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Multiply;
import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Piece;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Elementwise functions that several layers make. */
interface Composed {
  /** {@code x / 2 * (1 + tanh(SLOPE * (x + CUBE * x^3)))}. */
  double SLOPE = Math.sqrt(2 / Math.PI);

  double CUBE = 0.044715;

  static Operand gelu(Call call) {
    Flow x = call.flow(0);
    return switch (call.node().text("approximate", "none")) {
      case "none" -> Activations.applied(call, x, new Gelu());
      case "tanh" -> x.with(tanhGelu(call, x.piece()));
      default -> throw new GraphException("approximates by " + call.node().text("approximate", ""));
    };
  }

  private static Piece tanhGelu(Call call, Piece x) {
    Piece cube = of(new Multiply(), of(new Multiply(), x, x), x);
    Piece sum = of(new Add(), x, Constants.scaled("", cube, CUBE, 0));
    Piece tanh = function(new Tanh(), Constants.scaled("", sum, SLOPE, 0));
    return call.piece(new Multiply(), x, Constants.scaled("", tanh, 0.5, 0.5));
  }

  static Piece absolute(Piece x) {
    return function(new Abs(), x);
  }

  static Piece square(Piece x) {
    return of(new Multiply(), x, x);
  }

  /** {@code max(0, x) + min(0, alpha * (exp(x / alpha) - 1))}. */
  static Operand celu(Call call) {
    Flow x = call.flow(0);
    double alpha = call.node().real("alpha", 1);
    Piece elu = function(new Elu(1), Constants.scaled("", x.piece(), 1 / alpha, 0));
    return x.with(Constants.scaled(call.path(), elu, alpha, 0));
  }

  static Operand shrink(Call call) {
    Flow x = call.flow(0);
    double bound = call.node().real("lambd", 0.5);
    double bias = call.node().real("bias", 0);
    if (bias != bound) {
      throw new GraphException("has lambd %s and bias %s".formatted(bound, bias));
    }
    Piece middle = function(new Clip(-bound, bound), x.piece());
    return x.with(call.piece(new Add(), x.piece(), Constants.scaled("", middle, -1, 0)));
  }

  static Operand selu(Call call) {
    Flow x = call.flow(0);
    double alpha = call.node().real("alpha", call.opset() < 6 ? 1.6732 : Selu.ALPHA);
    double gamma = call.node().real("gamma", call.opset() < 6 ? 1.0507 : Selu.SCALE);
    return (float) alpha == (float) Selu.ALPHA && (float) gamma == (float) Selu.SCALE
        ? Activations.applied(call, x, new Selu())
        : x.with(Constants.scaled(call.path(), function(new Elu(alpha), x.piece()), gamma, 0));
  }

  /** With another slope for each element. */
  static Operand pRelu(Call call, Flow x, Tensor slopes) {
    Piece weight = Constants.learnedBeside(x.piece(), call.node().inputs().get(1), slopes);
    Piece negative = function(new Clip(-Float.MAX_VALUE, 0), x.piece());
    Piece sloped = of(new Multiply(), negative, weight);
    return x.with(call.piece(new Add(), function(new Relu(), x.piece()), sloped));
  }

  private static Piece function(ActivationFunction function, Piece input) {
    return of(new Activation(function), input);
  }

  private static Piece of(Layer layer, Piece... inputs) {
    return new Piece("", layer, Map.of(), List.of(inputs));
  }
}
