package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * {@code x_i - log(sum_j exp(x_j))} along one axis of a sample, without overflow or underflow:
 * PyTorch's {@code LogSoftmax}, and ONNX's since opset 13. Axis 0 has the classes in {@code [K]}
 * and {@code [K, H, W]}. It is idempotent, so softmax cross-entropy accepts its output as logits,
 * with the same loss and the same gradients.
 */
public record LogSoftmax(int axis) implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape shape = InputChecks.one(this, inputs);
    InputChecks.requireAxis(this, shape, axis);
    return shape;
  }

  @Override
  public ScoreValue scores(String name, List<ScoreValue> inputs) {
    return inputs.get(0).logSoftmax(name);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.logSoftmax(this, context);
  }
}
