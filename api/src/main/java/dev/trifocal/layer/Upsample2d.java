package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Enlarges images by integer factors, {@code [C, H, W]} to {@code [C, H * factor, W * factor]}.
 * PyTorch's {@code Upsample} with {@code align_corners=False}, ONNX's {@code Resize} with {@code
 * half_pixel}.
 */
public record Upsample2d(Size2d factor, Interpolation interpolation) implements Layer {
  /** The interpolation of new elements. */
  public enum Interpolation {
    /** Takes the element at {@code floor(i / factor)}. */
    NEAREST,
    /**
     * Interpolates linearly in both directions at {@code (i + 1/2) / factor - 1/2}; takes the
     * nearest element at the border.
     */
    BILINEAR
  }

  public Upsample2d {
    if (factor.height() <= 0 || factor.width() <= 0) {
      throw new GraphException("(Upsample2d) factor must be positive, but is " + factor);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape image = InputChecks.image(this, inputs);
    return Shape.of(
        image.size(0),
        InputChecks.size(this, (long) image.size(1) * factor.height()),
        InputChecks.size(this, (long) image.size(2) * factor.width()));
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.upsample2d(this, context);
  }
}
