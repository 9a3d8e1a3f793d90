package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * The largest element over height and width: {@code [C, H, W]} to {@code [C, 1, 1]}. ONNX's {@code
 * GlobalMaxPool}, PyTorch's {@code AdaptiveMaxPool2d(1)}. The gradient goes to the first maximum in
 * row-major order.
 */
public record GlobalMaxPool() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(InputChecks.image(this, inputs).size(0), 1, 1);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.globalMaxPool(this, context);
  }
}
