package dev.trifocal.onnx.internal.operator;

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
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Activations that are composed of several layers. */
final class ComposedActivations {
  /** The factor in {@code x / 2 * (1 + tanh(SLOPE * (x + CUBE * x^3)))}. */
  static final double SLOPE = Math.sqrt(2 / Math.PI);

  static final double CUBE = 0.044715;

  private ComposedActivations() {}

  static Operand gelu(NodeCall call) {
    DataValue x = call.data(0);
    return switch (call.node().text("approximate", "none")) {
      case "none" -> ActivationOps.applied(call, x, new Gelu());
      case "tanh" -> x.with(tanhGelu(call, x.piece()));
      default ->
          throw new GraphException("unknown approximation " + call.node().text("approximate", ""));
    };
  }

  private static PendingNode tanhGelu(NodeCall call, PendingNode x) {
    PendingNode cube = of(new Multiply(), of(new Multiply(), x, x), x);
    PendingNode sum = of(new Add(), x, ConstantOps.scaled("", cube, CUBE, 0));
    PendingNode tanh = function(new Tanh(), ConstantOps.scaled("", sum, SLOPE, 0));
    return call.piece(new Multiply(), x, ConstantOps.scaled("", tanh, 0.5, 0.5));
  }

  static PendingNode absolute(PendingNode x) {
    return function(new Abs(), x);
  }

  static PendingNode square(PendingNode x) {
    return of(new Multiply(), x, x);
  }

  /** Composes {@code max(0, x) + min(0, alpha * (exp(x / alpha) - 1))}. */
  static Operand celu(NodeCall call) {
    DataValue x = call.data(0);
    double alpha = call.node().real("alpha", 1);
    PendingNode elu = function(new Elu(1), ConstantOps.scaled("", x.piece(), 1 / alpha, 0));
    return x.with(ConstantOps.scaled(call.path(), elu, alpha, 0));
  }

  static Operand shrink(NodeCall call) {
    DataValue x = call.data(0);
    double bound = call.node().real("lambd", 0.5);
    double bias = call.node().real("bias", 0);
    if (bias != bound) {
      throw new GraphException("lambd %s with bias %s is not supported".formatted(bound, bias));
    }
    PendingNode middle = function(new Clip(-bound, bound), x.piece());
    return x.with(call.piece(new Add(), x.piece(), ConstantOps.scaled("", middle, -1, 0)));
  }

  static Operand selu(NodeCall call) {
    DataValue x = call.data(0);
    double alpha = call.node().real("alpha", call.opset() < 6 ? 1.6732 : Selu.ALPHA);
    double gamma = call.node().real("gamma", call.opset() < 6 ? 1.0507 : Selu.SCALE);
    return (float) alpha == (float) Selu.ALPHA && (float) gamma == (float) Selu.SCALE
        ? ActivationOps.applied(call, x, new Selu())
        : x.with(ConstantOps.scaled(call.path(), function(new Elu(alpha), x.piece()), gamma, 0));
  }

  /** Composes a PRelu with a separate slope per element. */
  static Operand pRelu(NodeCall call, DataValue x, Tensor slopes) {
    PendingNode weight = ConstantOps.learnedBeside(x.piece(), call.node().inputs().get(1), slopes);
    PendingNode negative = function(new Clip(-Float.MAX_VALUE, 0), x.piece());
    PendingNode sloped = of(new Multiply(), negative, weight);
    return x.with(call.piece(new Add(), function(new Relu(), x.piece()), sloped));
  }

  private static PendingNode function(ActivationFunction function, PendingNode input) {
    return of(new Activation(function), input);
  }

  private static PendingNode of(Layer layer, PendingNode... inputs) {
    return new PendingNode("", layer, Map.of(), List.of(inputs));
  }
}
