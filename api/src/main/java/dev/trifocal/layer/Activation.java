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
  public ScoreKind scores(ScoreKind input) {
    if (function instanceof ActivationFunction.Sigmoid
        || function instanceof ActivationFunction.HardSigmoid) {
      return ScoreKind.SIGMOID;
    }
    if (function instanceof ActivationFunction.Clip) {
      return input;
    }
    if (function instanceof ActivationFunction.Exp && input == ScoreKind.LOG_PROBABILITIES) {
      return ScoreKind.PROBABILITIES;
    }
    return function instanceof ActivationFunction.Log && input == ScoreKind.PROBABILITIES
        ? ScoreKind.LOG_PROBABILITIES
        : ScoreKind.LOGITS;
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
