package dev.trifocal.testkit.reference;

import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.ActivationFunction.Abs;
import dev.trifocal.layer.ActivationFunction.Clip;
import dev.trifocal.layer.ActivationFunction.Elu;
import dev.trifocal.layer.ActivationFunction.Exp;
import dev.trifocal.layer.ActivationFunction.Gelu;
import dev.trifocal.layer.ActivationFunction.HardSigmoid;
import dev.trifocal.layer.ActivationFunction.HardSwish;
import dev.trifocal.layer.ActivationFunction.LeakyRelu;
import dev.trifocal.layer.ActivationFunction.Log;
import dev.trifocal.layer.ActivationFunction.Mish;
import dev.trifocal.layer.ActivationFunction.Power;
import dev.trifocal.layer.ActivationFunction.Relu;
import dev.trifocal.layer.ActivationFunction.Selu;
import dev.trifocal.layer.ActivationFunction.Sigmoid;
import dev.trifocal.layer.ActivationFunction.Silu;
import dev.trifocal.layer.ActivationFunction.Softplus;
import dev.trifocal.layer.ActivationFunction.Softsign;
import dev.trifocal.layer.ActivationFunction.Sqrt;
import dev.trifocal.layer.ActivationFunction.Tanh;
import java.util.function.DoubleUnaryOperator;

/** The elementwise functions. */
record ElementwiseFunctions() implements ActivationFunction.Visitor<DoubleUnaryOperator> {
  /** The argument from which the error function is 1 in double precision. */
  private static final double ERF_IS_ONE = 6;

  @Override
  public DoubleUnaryOperator relu(Relu function) {
    return x -> Math.max(x, 0);
  }

  @Override
  public DoubleUnaryOperator clip(Clip function) {
    return x -> Math.min(Math.max(x, function.low()), function.high());
  }

  @Override
  public DoubleUnaryOperator leakyRelu(LeakyRelu function) {
    return x -> x > 0 ? x : function.slope() * x;
  }

  @Override
  public DoubleUnaryOperator elu(Elu function) {
    return x -> x > 0 ? x : function.alpha() * Math.expm1(x);
  }

  @Override
  public DoubleUnaryOperator sigmoid(Sigmoid function) {
    return ElementwiseFunctions::sigmoid;
  }

  @Override
  public DoubleUnaryOperator hardSigmoid(HardSigmoid function) {
    return ElementwiseFunctions::hardSigmoid;
  }

  @Override
  public DoubleUnaryOperator tanh(Tanh function) {
    return Math::tanh;
  }

  @Override
  public DoubleUnaryOperator silu(Silu function) {
    return x -> x * sigmoid(x);
  }

  @Override
  public DoubleUnaryOperator hardSwish(HardSwish function) {
    return x -> x * hardSigmoid(x);
  }

  @Override
  public DoubleUnaryOperator gelu(Gelu function) {
    return x -> x * (1 + erf(x / Math.sqrt(2))) / 2;
  }

  @Override
  public DoubleUnaryOperator softplus(Softplus function) {
    return ElementwiseFunctions::softplus;
  }

  @Override
  public DoubleUnaryOperator selu(Selu function) {
    return x -> Selu.SCALE * (x > 0 ? x : Selu.ALPHA * Math.expm1(x));
  }

  @Override
  public DoubleUnaryOperator mish(Mish function) {
    return x -> x * Math.tanh(softplus(x));
  }

  @Override
  public DoubleUnaryOperator softsign(Softsign function) {
    return x -> x / (1 + Math.abs(x));
  }

  @Override
  public DoubleUnaryOperator exp(Exp function) {
    return Math::exp;
  }

  @Override
  public DoubleUnaryOperator log(Log function) {
    return Math::log;
  }

  @Override
  public DoubleUnaryOperator sqrt(Sqrt function) {
    return Math::sqrt;
  }

  @Override
  public DoubleUnaryOperator abs(Abs function) {
    return Math::abs;
  }

  @Override
  public DoubleUnaryOperator power(Power function) {
    return x -> Math.pow(x, function.exponent());
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double hardSigmoid(double x) {
    return Math.min(Math.max(x / 6 + 0.5, 0), 1);
  }

  /**
   * {@code 2 / sqrt(pi) * exp(-x^2) * sum 2^n x^(2n+1) / (2n+1)!!} (Abramowitz and Stegun 7.1.6):
   * all terms have one sign, so nothing cancels.
   */
  static double erf(double x) {
    if (Math.abs(x) > ERF_IS_ONE) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }
}
