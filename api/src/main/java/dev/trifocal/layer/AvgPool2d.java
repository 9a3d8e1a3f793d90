package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * The mean of each window. PyTorch's {@code AvgPool2d}, ONNX's {@code AveragePool}.
 *
 * @param countIncludePad whether padded zeros count in the divisor (PyTorch's default); elements
 *     beyond the padding, which ceil mode may cover, never count
 */
public record AvgPool2d(Window window, boolean countIncludePad) implements Layer {

  public AvgPool2d {
    MaxPool2d.requirePaddingWithinKernel(window);
    if (!window.dilation().equals(Size2d.square(1))) {
      throw new GraphException("(AvgPool2d) has no dilation");
    }
  }

  public AvgPool2d stride(int stride) {
    return window(window.stride(stride));
  }

  /**
   * @param vertical stride in rows
   * @param horizontal stride in columns
   */
  public AvgPool2d stride(int vertical, int horizontal) {
    return window(window.stride(new Size2d(vertical, horizontal)));
  }

  public AvgPool2d padding(int size) {
    return window(window.padding(Padding.all(size)));
  }

  /**
   * @param vertical rows of padding at the top and at the bottom
   * @param horizontal columns of padding at the left and at the right
   */
  public AvgPool2d padding(int vertical, int horizontal) {
    return window(window.padding(new Padding(vertical, horizontal, vertical, horizontal)));
  }

  /** Returns this pool with {@link Rounding#CEIL}, PyTorch's {@code ceil_mode=True}. */
  public AvgPool2d ceilMode() {
    return window(window.rounding(Rounding.CEIL));
  }

  /**
   * Returns this pool with padded zeros excluded from the divisor, PyTorch's {@code
   * count_include_pad=False}.
   */
  public AvgPool2d excludePad() {
    return new AvgPool2d(window, false);
  }

  public AvgPool2d window(Window other) {
    return new AvgPool2d(other, countIncludePad);
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
    return visitor.avgPool2d(this, context);
  }
}
