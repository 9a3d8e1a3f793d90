package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code x W^T + b} for a vector {@code [F]}: PyTorch's {@code Linear}, ONNX's {@code Gemm} with
 * {@code transB}. Parameters: {@code weight [units, F]} and, with {@code bias}, {@code bias
 * [units]}.
 */
public record Dense(
    int units, boolean bias, Initializer weightInitializer, Initializer biasInitializer)
    implements Layer {

  public Dense {
    if (units <= 0) {
      throw new GraphException("(Dense) units must be positive, but are " + units);
    }
  }

  public Dense withoutBias() {
    return new Dense(units, false, weightInitializer, biasInitializer);
  }

  public Dense initializers(Initializer weight, Initializer bias) {
    return new Dense(units, this.bias, weight, bias);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    InputChecks.vector(this, inputs);
    return Shape.of(units);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int features = InputChecks.vector(this, inputs).size(0);
    List<Parameter> result = new ArrayList<>();
    result.add(
        new Parameter(
            "weight",
            Shape.of(units, features),
            Parameter.Role.LEARNED,
            weightInitializer,
            features,
            units));
    if (bias) {
      result.add(
          new Parameter(
              "bias", Shape.of(units), Parameter.Role.LEARNED, biasInitializer, features, units));
    }
    return result;
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    return (long) units * InputChecks.vector(this, inputs).size(0);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.dense(this, context);
  }
}
