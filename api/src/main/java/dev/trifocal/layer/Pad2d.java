package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Rows and columns around an image {@code [C, H, W]}: PyTorch's {@code ConstantPad2d}, {@code
 * ReflectionPad2d}, {@code ReplicationPad2d}; ONNX's {@code Pad}.
 *
 * @param value of the new elements with {@link Mode#CONSTANT}; 0 otherwise
 */
public record Pad2d(Padding padding, Mode mode, double value) implements Layer {
  /** Where new elements come from. */
  public enum Mode {
    CONSTANT,
    /** Mirrored at the border, the border itself not repeated; less than the image's size. */
    REFLECT,
    /** The nearest element of the image. */
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
          "(Pad2d) reflects %s, but can do so only with less than the image's own size, %dx%d"
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
