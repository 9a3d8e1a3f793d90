package dev.trifocal.layer;

import dev.trifocal.error.GraphException;

/** The elementwise functions, defined by their formulas. */
public sealed interface ActivationFunction {

  /** Calls the visitor's method for this function and returns its result. */
  <R> R accept(Visitor<R> visitor);

  /** Has one method per function and no defaults. */
  interface Visitor<R> {
    R relu(Relu function);

    R clip(Clip function);

    R leakyRelu(LeakyRelu function);

    R elu(Elu function);

    R sigmoid(Sigmoid function);

    R hardSigmoid(HardSigmoid function);

    R tanh(Tanh function);

    R silu(Silu function);

    R hardSwish(HardSwish function);

    R gelu(Gelu function);

    R softplus(Softplus function);

    R selu(Selu function);

    R mish(Mish function);

    R softsign(Softsign function);

    R exp(Exp function);

    R log(Log function);

    R sqrt(Sqrt function);

    R abs(Abs function);

    R power(Power function);
  }

  /** {@code max(x, 0)}; gradient 0 at 0. */
  record Relu() implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.relu(this);
    }
  }

  /**
   * {@code min(max(x, low), high)}, PyTorch's Hardtanh; {@code Clip(0, 6)} is relu6. Gradient 0 at
   * both ends.
   */
  record Clip(double low, double high) implements ActivationFunction {
    public Clip {
      if (!(low < high)) {
        throw new GraphException("(Clip) low must be below high, but are " + low + " and " + high);
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.clip(this);
    }
  }

  /** {@code x > 0 ? x : slope * x}. */
  record LeakyRelu(double slope) implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.leakyRelu(this);
    }
  }

  /** {@code x > 0 ? x : alpha * (exp(x) - 1)}. */
  record Elu(double alpha) implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.elu(this);
    }
  }

  /** {@code 1 / (1 + exp(-x))}. */
  record Sigmoid() implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.sigmoid(this);
    }
  }

  /** {@code min(max(x / 6 + 1/2, 0), 1)}, as in PyTorch; gradient 0 at both ends. */
  record HardSigmoid() implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.hardSigmoid(this);
    }
  }

  /** {@code tanh(x)}. */
  record Tanh() implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.tanh(this);
    }
  }

  /** {@code x * sigmoid(x)}, also called swish. */
  record Silu() implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.silu(this);
    }
  }

  /** {@code x * hardSigmoid(x)}, as in MobileNetV3. */
  record HardSwish() implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.hardSwish(this);
    }
  }

  /** {@code x * P(X <= x)} for a standard normal X, computed exactly with erf. */
  record Gelu() implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.gelu(this);
    }
  }

  /** {@code log(1 + exp(x))}. */
  record Softplus() implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.softplus(this);
    }
  }

  /**
   * Klambauer et al. 2017: {@code SCALE * (x > 0 ? x : ALPHA * (exp(x) - 1))}, constants as in
   * PyTorch.
   */
  record Selu() implements ActivationFunction {
    public static final double ALPHA = 1.6732632423543772;
    public static final double SCALE = 1.0507009873554805;

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.selu(this);
    }
  }

  /** {@code x * tanh(log(1 + exp(x)))}. */
  record Mish() implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.mish(this);
    }
  }

  /** {@code x / (1 + |x|)}. */
  record Softsign() implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.softsign(this);
    }
  }

  /** {@code e^x}. */
  record Exp() implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.exp(this);
    }
  }

  /** The natural logarithm: -infinity at 0, NaN below. */
  record Log() implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.log(this);
    }
  }

  /** The square root: NaN below 0; the gradient at 0 is infinite. */
  record Sqrt() implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.sqrt(this);
    }
  }

  /** {@code |x|}; gradient 0 at 0. */
  record Abs() implements ActivationFunction {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.abs(this);
    }
  }

  /**
   * {@code x^exponent}, {@code torch.pow}: NaN if x is negative and the exponent is not an integer.
   */
  record Power(double exponent) implements ActivationFunction {
    public Power {
      if (!Double.isFinite(exponent)) {
        throw new GraphException("(Power) exponent must be a finite number, but is " + exponent);
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.power(this);
    }
  }
}
