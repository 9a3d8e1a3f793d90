package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Padding around an image {@code [C, H, W]}: PyTorch's {@code ConstantPad2d}, {@code
 * ReflectionPad2d}, {@code ReplicationPad2d}; ONNX's {@code Pad}.
 *
 * @param value value of the new elements for {@link Mode#CONSTANT}; 0 otherwise
 */
public record Pad2d(Padding padding, Mode mode, double value) implements Layer {
  /** The source of the new elements. */
  public enum Mode {
    CONSTANT,
    /** Mirrors the image without repeating its border; must be smaller than the image. */
    REFLECT,
    /** Repeats the nearest element of the image. */
    EDGE
  }

  public Pad2d {
    padding.requireNotNegative();
    if (mode != Mode.CONSTANT && value != 0) {
      throw new GraphException(
          "(Pad2d) has a value, %s, which only CONSTANT uses".formatted(value));
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape image = InputChecks.image(this, inputs);
    int height = image.size(1);
    int width = image.size(2);
    boolean reaches =
        Math.max(padding.top(), padding.bottom()) >= height
            || Math.max(padding.left(), padding.right()) >= width;
    if (mode == Mode.REFLECT && reaches) {
      throw new GraphException(
          "(Pad2d) reflects %s, but reflection padding must be smaller than the image, %dx%d"
              .formatted(padding, height, width));
    }
    return Shape.of(
        image.size(0),
        InputChecks.size(this, (long) height + padding.top() + padding.bottom()),
        InputChecks.size(this, (long) width + padding.left() + padding.right()));
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.pad2d(this, context);
  }
}
