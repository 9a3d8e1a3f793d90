package dev.trifocal.onnx;

import dev.trifocal.layer.ActivationFunction;
import java.util.List;

/** Lowers activation functions to ONNX operators. */
record ActivationLowering(OnnxGraphBuilder onnx, String x)
    implements ActivationFunction.Visitor<String> {

  @Override
  public String relu(ActivationFunction.Relu function) {
    return onnx.node("Relu", List.of(x));
  }

  @Override
  public String clip(ActivationFunction.Clip function) {
    return onnx.node(
        "Clip", List.of(x, onnx.constant(function.low()), onnx.constant(function.high())));
  }

  @Override
  public String leakyRelu(ActivationFunction.LeakyRelu function) {
    return onnx.node("LeakyRelu", List.of(x), Attribute.of("alpha", function.slope()));
  }

  @Override
  public String elu(ActivationFunction.Elu function) {
    return onnx.node("Elu", List.of(x), Attribute.of("alpha", function.alpha()));
  }

  @Override
  public String sigmoid(ActivationFunction.Sigmoid function) {
    return onnx.node("Sigmoid", List.of(x));
  }

  @Override
  public String hardSigmoid(ActivationFunction.HardSigmoid function) {
    return onnx.node(
        "HardSigmoid", List.of(x), Attribute.of("alpha", 1.0 / 6), Attribute.of("beta", 0.5));
  }

  @Override
  public String tanh(ActivationFunction.Tanh function) {
    return onnx.node("Tanh", List.of(x));
  }

  @Override
  public String silu(ActivationFunction.Silu function) {
    return onnx.node("Mul", List.of(x, onnx.node("Sigmoid", List.of(x))));
  }

  @Override
  public String hardSwish(ActivationFunction.HardSwish function) {
    return onnx.node("Mul", List.of(x, hardSigmoid(new ActivationFunction.HardSigmoid())));
  }

  @Override
  public String gelu(ActivationFunction.Gelu function) {
    String scaled = onnx.node("Mul", List.of(x, onnx.constant(Math.sqrt(0.5))));
    String twice = onnx.node("Add", List.of(onnx.node("Erf", List.of(scaled)), onnx.constant(1)));
    return onnx.node("Mul", List.of(onnx.node("Mul", List.of(x, onnx.constant(0.5))), twice));
  }

  @Override
  public String softplus(ActivationFunction.Softplus function) {
    return onnx.node("Softplus", List.of(x));
  }

  @Override
  public String selu(ActivationFunction.Selu function) {
    return onnx.node(
        "Selu",
        List.of(x),
        Attribute.of("alpha", ActivationFunction.Selu.ALPHA),
        Attribute.of("gamma", ActivationFunction.Selu.SCALE));
  }

  @Override
  public String mish(ActivationFunction.Mish function) {
    String softplus = onnx.node("Softplus", List.of(x));
    return onnx.node("Mul", List.of(x, onnx.node("Tanh", List.of(softplus))));
  }

  @Override
  public String softsign(ActivationFunction.Softsign function) {
    return onnx.node("Softsign", List.of(x));
  }

  @Override
  public String exp(ActivationFunction.Exp function) {
    return onnx.node("Exp", List.of(x));
  }

  @Override
  public String log(ActivationFunction.Log function) {
    return onnx.node("Log", List.of(x));
  }

  @Override
  public String sqrt(ActivationFunction.Sqrt function) {
    return onnx.node("Sqrt", List.of(x));
  }

  @Override
  public String abs(ActivationFunction.Abs function) {
    return onnx.node("Abs", List.of(x));
  }

  @Override
  public String power(ActivationFunction.Power function) {
    return onnx.node("Pow", List.of(x, onnx.constant(function.exponent())));
  }
}
