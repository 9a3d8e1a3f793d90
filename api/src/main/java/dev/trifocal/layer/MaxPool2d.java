package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * The maximum of each window, not counting padding. PyTorch's {@code MaxPool2d}, ONNX's {@code
 * MaxPool}. The gradient goes to the first maximum in row-major order; windows may overlap.
 */
public record MaxPool2d(Window window) implements Layer {

  public MaxPool2d {
    requirePaddingWithinKernel(window);
  }

  public MaxPool2d stride(int stride) {
    return window(window.stride(stride));
  }

  /**
   * @param vertical stride in rows
   * @param horizontal stride in columns
   */
  public MaxPool2d stride(int vertical, int horizontal) {
    return window(window.stride(new Size2d(vertical, horizontal)));
  }

  public MaxPool2d padding(int size) {
    return window(window.padding(Padding.all(size)));
  }

  /**
   * @param vertical rows of padding at the top and at the bottom
   * @param horizontal columns of padding at the left and at the right
   */
  public MaxPool2d padding(int vertical, int horizontal) {
    return window(window.padding(new Padding(vertical, horizontal, vertical, horizontal)));
  }

  /** Returns this pool with {@link Rounding#CEIL}, PyTorch's {@code ceil_mode=True}. */
  public MaxPool2d ceilMode() {
    return window(window.rounding(Rounding.CEIL));
  }

  public MaxPool2d window(Window other) {
    return new MaxPool2d(other);
  }

  /** Returns this layer with "same" padding, see {@link Window#same}; must be the last call. */
  public LayerSpec same() {
    return LayerSpec.of(inputs -> window(window.same(InputChecks.image(this, inputs))));
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape image = InputChecks.image(this, inputs);
    Size2d size = window.outputSize(image);
    return Shape.of(image.size(0), size.height(), size.width());
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.maxPool2d(this, context);
  }

  static void requirePaddingWithinKernel(Window window) {
    Padding padding = window.padding();
    if (Math.max(padding.top(), padding.bottom()) >= window.span().height()
        || Math.max(padding.left(), padding.right()) >= window.span().width()) {
      throw new GraphException(
          "a pool's padding must be smaller than its kernel, but padding is %s and the kernel %s"
              .formatted(padding, window.kernel()));
    }
  }
}
