package dev.trifocal.backend.onnx;

import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import java.util.List;

/**
 * Gradients of the activation functions.
 *
 * @param x input
 * @param y output
 * @param dy gradient of the output
 */
record ActivationGradient(OnnxGraphBuilder onnx, String x, String y, String dy)
    implements ActivationFunction.Visitor<String> {
  /** The bound from which the product of two distances may overflow. */
  private static final double FAR = 1e18;

  @Override
  public String relu(ActivationFunction.Relu function) {
    return ofRelu(onnx, y, dy);
  }

  /** Returns the gradient of relu. */
  static String ofRelu(OnnxGraphBuilder onnx, String y, String dy) {
    return onnx.node("Mul", List.of(dy, isPositive(onnx, y)));
  }

  /**
   * Returns 1 where a value is positive and 0 elsewhere, as a steep hard sigmoid; unlike Where,
   * Cast, Sign and comparisons, ONNX Runtime computes it with multiple threads.
   */
  private static String isPositive(OnnxGraphBuilder onnx, String value) {
    return onnx.node(
        "HardSigmoid",
        List.of(value),
        Attribute.of("alpha", (double) Float.MAX_VALUE),
        Attribute.of("beta", 0.0));
  }

  @Override
  public String clip(ActivationFunction.Clip function) {
    return multiply(dy, isBetween(y, function.low(), function.high()));
  }

  @Override
  public String leakyRelu(ActivationFunction.LeakyRelu function) {
    return onnx.node(
        "Where", List.of(greater(x, 0), dy, multiply(dy, onnx.constant(function.slope()))));
  }

  @Override
  public String elu(ActivationFunction.Elu function) {
    String below = multiply(dy, add(y, function.alpha()));
    return onnx.node("Where", List.of(greater(x, 0), dy, below));
  }

  @Override
  public String sigmoid(ActivationFunction.Sigmoid function) {
    return multiply(dy, multiply(y, oneMinus(y)));
  }

  @Override
  public String hardSigmoid(ActivationFunction.HardSigmoid function) {
    return multiply(multiply(dy, isBetween(y, 0, 1)), onnx.constant(1.0 / 6));
  }

  @Override
  public String tanh(ActivationFunction.Tanh function) {
    return multiply(dy, oneMinus(multiply(y, y)));
  }

  @Override
  public String silu(ActivationFunction.Silu function) {
    String s = onnx.node("Sigmoid", List.of(x));
    return multiply(dy, onnx.node("Add", List.of(s, multiply(y, oneMinus(s)))));
  }

  @Override
  public String hardSwish(ActivationFunction.HardSwish function) {
    String s =
        onnx.node(
            "HardSigmoid", List.of(x), Attribute.of("alpha", 1.0 / 6), Attribute.of("beta", 0.5));
    String slope = multiply(x, onnx.constant(1.0 / 6));
    String inner = multiply(slope, isBetween(s, 0, 1));
    return multiply(dy, onnx.node("Add", List.of(s, inner)));
  }

  @Override
  public String gelu(ActivationFunction.Gelu function) {
    String erf = onnx.node("Erf", List.of(multiply(x, onnx.constant(Math.sqrt(0.5)))));
    String cumulative = multiply(add(erf, 1), onnx.constant(0.5));
    String bell = onnx.node("Exp", List.of(multiply(multiply(x, x), onnx.constant(-0.5))));
    String density = multiply(bell, onnx.constant(1 / Math.sqrt(2 * Math.PI)));
    return multiply(dy, onnx.node("Add", List.of(cumulative, multiply(x, density))));
  }

  @Override
  public String softplus(ActivationFunction.Softplus function) {
    return multiply(dy, onnx.node("Sigmoid", List.of(x)));
  }

  @Override
  public String selu(ActivationFunction.Selu function) {
    double scale = ActivationFunction.Selu.SCALE;
    String below = multiply(dy, add(y, scale * ActivationFunction.Selu.ALPHA));
    return onnx.node("Where", List.of(greater(x, 0), multiply(dy, onnx.constant(scale)), below));
  }

  @Override
  public String mish(ActivationFunction.Mish function) {
    String t = onnx.node("Tanh", List.of(onnx.node("Softplus", List.of(x))));
    String slope = multiply(oneMinus(multiply(t, t)), onnx.node("Sigmoid", List.of(x)));
    return multiply(dy, onnx.node("Add", List.of(t, multiply(x, slope))));
  }

  @Override
  public String softsign(ActivationFunction.Softsign function) {
    String base = add(onnx.node("Abs", List.of(x)), 1);
    return onnx.node("Div", List.of(dy, multiply(base, base)));
  }

  @Override
  public String exp(ActivationFunction.Exp function) {
    return multiply(dy, y);
  }

  @Override
  public String log(ActivationFunction.Log function) {
    return onnx.node("Div", List.of(dy, x));
  }

  @Override
  public String sqrt(ActivationFunction.Sqrt function) {
    return onnx.node("Div", List.of(multiply(dy, onnx.constant(0.5)), y));
  }

  @Override
  public String abs(ActivationFunction.Abs function) {
    return multiply(dy, onnx.node("Sign", List.of(x)));
  }

  @Override
  public String power(ActivationFunction.Power function) {
    double exponent = function.exponent();
    String slope = onnx.node("Pow", List.of(x, onnx.constant(exponent - 1)));
    // x^0 is 1 at 0 too, where the general formula would give 0 times infinity.
    return exponent == 0
        ? multiply(dy, onnx.constant(0))
        : multiply(dy, multiply(slope, onnx.constant(exponent)));
  }

  private String greater(String value, double bound) {
    return onnx.node("Greater", List.of(value, onnx.constant(bound)));
  }

  /** Returns 1 where a value lies between the bounds, and 0 elsewhere and on the bounds. */
  private String isBetween(String value, double low, double high) {
    if (Math.max(Math.abs(low), Math.abs(high)) > FAR) {
      return multiply(
          isPositive(onnx, onnx.node("Sub", List.of(value, onnx.constant(low)))),
          isPositive(onnx, onnx.node("Sub", List.of(onnx.constant(high), value))));
    }
    String above = low == 0 ? value : onnx.node("Sub", List.of(value, onnx.constant(low)));
    String below = onnx.node("Sub", List.of(onnx.constant(high), value));
    return isPositive(onnx, multiply(above, below));
  }

  private String oneMinus(String value) {
    return onnx.node("Sub", List.of(onnx.constant(1), value));
  }

  private String add(String value, double number) {
    return onnx.node("Add", List.of(value, onnx.constant(number)));
  }

  private String multiply(String a, String b) {
    return onnx.node("Mul", List.of(a, b));
  }
}
