package dev.trifocal.onnx.internal.operator;

import dev.trifocal.layer.Activation;
import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.ActivationFunction.Abs;
import dev.trifocal.layer.ActivationFunction.Clip;
import dev.trifocal.layer.ActivationFunction.Elu;
import dev.trifocal.layer.ActivationFunction.Exp;
import dev.trifocal.layer.ActivationFunction.HardSigmoid;
import dev.trifocal.layer.ActivationFunction.HardSwish;
import dev.trifocal.layer.ActivationFunction.LeakyRelu;
import dev.trifocal.layer.ActivationFunction.Log;
import dev.trifocal.layer.ActivationFunction.Mish;
import dev.trifocal.layer.ActivationFunction.Power;
import dev.trifocal.layer.ActivationFunction.Relu;
import dev.trifocal.layer.ActivationFunction.Sigmoid;
import dev.trifocal.layer.ActivationFunction.Softplus;
import dev.trifocal.layer.ActivationFunction.Softsign;
import dev.trifocal.layer.ActivationFunction.Sqrt;
import dev.trifocal.layer.ActivationFunction.Tanh;
import dev.trifocal.layer.PRelu;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.LayerFusion;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Activation functions and other unary elementwise operators. */
final class ActivationOps {
  private ActivationOps() {}

  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "Relu",
            List.of(1, 6, 13, 14),
            "Relu",
            "",
            call -> clipped(call, call.data(0), 0, Float.MAX_VALUE)),
        plain("Sigmoid", List.of(1, 6, 13), "", call -> new Sigmoid()),
        plain("Tanh", List.of(1, 6, 13), "", call -> new Tanh()),
        plain("Softplus", List.of(1, 22), "", call -> new Softplus()),
        plain("Softsign", List.of(1, 22), "", call -> new Softsign()),
        plain("HardSwish", List.of(14, 22), "", call -> new HardSwish()),
        plain("Mish", List.of(18, 22), "", call -> new Mish()),
        Operator.of(
            "Gelu",
            List.of(20),
            "Gelu; the tanh approximation becomes Multiply, Affine, Add and Tanh",
            "",
            ComposedActivations::gelu),
        plain("Abs", List.of(1, 6, 13), "", call -> new Abs()),
        plain("Exp", List.of(1, 6, 13), "", call -> new Exp()),
        plain("Log", List.of(1, 6, 13), "", call -> new Log()),
        plain("Sqrt", List.of(1, 6, 13), "", call -> new Sqrt()),
        Operator.of(
            "Reciprocal", List.of(1, 6, 13), "Power(-1)", "", call -> applied(call, new Power(-1))),
        Operator.of(
            "Celu", List.of(12), "Elu between two Affine layers", "", ComposedActivations::celu),
        Operator.of(
            "Shrink",
            List.of(9),
            "x minus Clip(-lambd, lambd)",
            "bias must equal lambd (soft shrinkage).",
            ComposedActivations::shrink),
        plain(
            "LeakyRelu",
            List.of(1, 6, 16),
            "",
            call -> new LeakyRelu(call.node().real("alpha", 0.01))),
        plain("Elu", List.of(1, 6, 22), "", call -> new Elu(call.node().real("alpha", 1))),
        Operator.of(
            "Selu",
            List.of(1, 6, 22),
            "Selu; Elu and Affine if the constants are not those of the paper",
            "Version 1 has the constants of the paper with fewer digits.",
            ComposedActivations::selu),
        Operator.of(
            "HardSigmoid",
            List.of(1, 6, 22),
            "HardSigmoid for PyTorch's alpha of 1/6; otherwise Affine and Clip(0, 1)",
            "",
            ActivationOps::hardSigmoid),
        Operator.of(
            "Clip",
            List.of(1, 6, 11, 12, 13),
            "Clip (relu6 from 0 to 6); Relu if only bounded below by 0",
            "Bounds are attributes before version 11 and inputs since; they must be constant."
                + " Consecutive Clips are merged.",
            ActivationOps::clip),
        Operator.of(
            "PRelu",
            List.of(1, 6, 7, 9, 16),
            "PRelu for one slope or one per channel; otherwise Relu, Clip, LearnableInput, Multiply and Add",
            "Slopes must be constant. Since version 7 they are broadcast by NumPy's rules.",
            ActivationOps::pRelu));
  }

  private static Operator plain(
      String name,
      List<Integer> versions,
      String changes,
      Function<NodeCall, ActivationFunction> of) {
    return Operator.of(name, versions, name, changes, call -> applied(call, of.apply(call)));
  }

  static DataValue applied(NodeCall call, ActivationFunction function) {
    return applied(call, call.data(0), function);
  }

  static DataValue applied(NodeCall call, DataValue x, ActivationFunction function) {
    return x.with(call.piece(new Activation(function), x.piece()));
  }

  private static Operand hardSigmoid(NodeCall call) {
    double alpha = call.node().real("alpha", 0.2);
    double beta = call.node().real("beta", 0.5);
    if (Math.abs(alpha - 1.0 / 6) < 1e-6 && beta == 0.5) {
      return applied(call, new HardSigmoid());
    }
    DataValue x = call.data(0);
    return applied(call, x.with(ConstantOps.scaled("", x.piece(), alpha, beta)), new Clip(0, 1));
  }

  private static Operand clip(NodeCall call) {
    double low = call.node().real("min", -Float.MAX_VALUE);
    double high = call.node().real("max", Float.MAX_VALUE);
    if (call.opset() >= 11) {
      low = call.has(1) ? decimal(call.numbers(1).single()) : -Float.MAX_VALUE;
      high = call.has(2) ? decimal(call.numbers(2).single()) : Float.MAX_VALUE;
    }
    return clipped(call, call.data(0), low, high);
  }

  /** Returns the shortest decimal for a float32 value. */
  static double decimal(double value) {
    return Double.parseDouble(Float.toString((float) value));
  }

  /** Clips data; merged with a preceding clip if the ranges overlap. */
  static Operand clipped(NodeCall call, DataValue x, double low, double high) {
    if (x.piece().shortcut().orElse(null) instanceof LayerFusion.Bounded before) {
      double both = Math.max(low, before.low());
      double least = Math.min(high, before.high());
      return both < least
          ? kept(call, x.with(before.bare()), both, least)
          : kept(call, x, low, high);
    }
    return kept(call, x, low, high);
  }

  private static Operand kept(NodeCall call, DataValue x, double low, double high) {
    boolean open = high >= Float.MAX_VALUE;
    if (open && low <= -Float.MAX_VALUE) {
      return x;
    }
    DataValue clipped = applied(call, x, open && low == 0 ? new Relu() : new Clip(low, high));
    return x.with(clipped.piece().with(new LayerFusion.Bounded(x.piece(), low, high)));
  }

  private static Operand pRelu(NodeCall call) {
    DataValue x = call.data(0);
    ConstantValue given = call.numbers(1);
    ConstantOps.requireRank(given, x);
    Tensor slopes = given.count() == 1 ? given.reshaped(List.of(1)).tensor() : spread(call, x);
    boolean channels = given.count() == 1 || ConstantOps.perChannel(slopes, x.piece()).isPresent();
    if (!channels) {
      return ComposedActivations.pRelu(call, x, slopes);
    }
    int count = WindowAttributes.number(slopes.shape().elements());
    Map<String, Tensor> weight = Map.of("weight", slopes.reshape(Shape.of(count)));
    return x.with(call.piece(new PRelu(count), weight, call.node().inputs().get(1), x.piece()));
  }

  private static Tensor spread(NodeCall call, DataValue x) {
    ConstantValue given = call.numbers(1);
    return call.opset() < 7 && given.rank() == 1 ? given.tensor() : ConstantOps.besides(given, x);
  }
}
