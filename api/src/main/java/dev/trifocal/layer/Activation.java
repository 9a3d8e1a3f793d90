package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import java.util.List;

/** An elementwise function. */
public record Activation(ActivationFunction function) implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    return InputChecks.one(this, inputs);
  }

  /** Returns the name of the function, for example {@code Relu}. */
  @Override
  public String kind() {
    return function.getClass().getSimpleName();
  }

  @Override
  public ScoreValue scores(String name, List<ScoreValue> inputs) {
    ScoreValue input = inputs.get(0);
    if (function instanceof ActivationFunction.Sigmoid) {
      return input.sigmoid(name);
    }
    if (function instanceof ActivationFunction.HardSigmoid) {
      return input.hardSigmoid(name);
    }
    if (function instanceof ActivationFunction.Clip clip) {
      return input.clipped(name, clip.low(), clip.high());
    }
    if (function instanceof ActivationFunction.Exp) {
      return input.exponential(name);
    }
    if (function instanceof ActivationFunction.Log) {
      return input.logarithm(name);
    }
    if (function instanceof ActivationFunction.Softplus) {
      return input.softplus(name);
    }
    if (function instanceof ActivationFunction.Tanh) {
      return input.tanh(name);
    }
    if (function instanceof ActivationFunction.Relu || function instanceof ActivationFunction.Abs) {
      return input.positive(name);
    }
    boolean inverse = function instanceof ActivationFunction.Power power && power.exponent() == -1;
    return inverse ? input.reciprocal(name) : ScoreValue.unknown(name);
  }

  @Override
  public Storage storage() {
    return Storage.OVER_INPUT;
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.activation(this, context);
  }
}
