package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of a convolution with respect to its input, which enlarges images: PyTorch's {@code
 * ConvTranspose2d}, ONNX's {@code ConvTranspose}. Padding removes rows and columns; the output has
 * {@code (H - 1) * stride - padding + dilation * (kernel - 1) + 1 + outputPadding} rows.
 *
 * <p>Parameters: {@code weight [C, filters / groups, kH, kW]} and, with {@code bias}, {@code bias
 * [filters]}.
 *
 * @param outputPadding additional rows at the bottom and columns at the right of the output;
 *     smaller than stride or dilation
 */
public record ConvTranspose2d(
    int filters,
    Window window,
    Size2d outputPadding,
    int groups,
    boolean bias,
    Initializer weightInitializer,
    Initializer biasInitializer)
    implements Layer {

  public ConvTranspose2d {
    if (filters <= 0 || groups <= 0 || filters % groups != 0) {
      throw new GraphException(
          "(ConvTranspose2d) filters must be a positive multiple of groups, but are %d with groups %d"
              .formatted(filters, groups));
    }
    if (window.rounding() != Rounding.FLOOR) {
      throw new GraphException("(ConvTranspose2d) has no ceil mode");
    }
    requireOutputPadding(
        outputPadding.height(), window.stride().height(), window.dilation().height());
    requireOutputPadding(outputPadding.width(), window.stride().width(), window.dilation().width());
  }

  public ConvTranspose2d stride(int stride) {
    return window(window.stride(stride));
  }

  /**
   * @param vertical stride in rows
   * @param horizontal stride in columns
   */
  public ConvTranspose2d stride(int vertical, int horizontal) {
    return window(window.stride(new Size2d(vertical, horizontal)));
  }

  public ConvTranspose2d padding(int size) {
    return window(window.padding(Padding.all(size)));
  }

  /**
   * @param vertical rows of padding at the top and at the bottom
   * @param horizontal columns of padding at the left and at the right
   */
  public ConvTranspose2d padding(int vertical, int horizontal) {
    return window(window.padding(new Padding(vertical, horizontal, vertical, horizontal)));
  }

  public ConvTranspose2d padding(int top, int left, int bottom, int right) {
    return window(window.padding(new Padding(top, left, bottom, right)));
  }

  public ConvTranspose2d dilation(int dilation) {
    return window(window.dilation(dilation));
  }

  /**
   * @param vertical distance between the kernel's rows
   * @param horizontal distance between the kernel's columns
   */
  public ConvTranspose2d dilation(int vertical, int horizontal) {
    return window(window.dilation(new Size2d(vertical, horizontal)));
  }

  public ConvTranspose2d outputPadding(int size) {
    return outputPadding(Size2d.square(size));
  }

  public ConvTranspose2d outputPadding(Size2d size) {
    return new ConvTranspose2d(
        filters, window, size, groups, bias, weightInitializer, biasInitializer);
  }

  public ConvTranspose2d groups(int count) {
    return new ConvTranspose2d(
        filters, window, outputPadding, count, bias, weightInitializer, biasInitializer);
  }

  public ConvTranspose2d withoutBias() {
    return new ConvTranspose2d(
        filters, window, outputPadding, groups, false, weightInitializer, biasInitializer);
  }

  public ConvTranspose2d window(Window other) {
    return new ConvTranspose2d(
        filters, other, outputPadding, groups, bias, weightInitializer, biasInitializer);
  }

  public ConvTranspose2d initializers(Initializer weight, Initializer bias) {
    return new ConvTranspose2d(filters, window, outputPadding, groups, this.bias, weight, bias);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape image = InputChecks.image(this, inputs);
    if (image.size(0) % groups != 0) {
      throw new GraphException(
          "(ConvTranspose2d) cannot split %d channels into %d groups"
              .formatted(image.size(0), groups));
    }
    Padding padding = window.padding();
    long rows =
        outputSize(image.size(1), window.stride().height(), window.span().height())
            + outputPadding.height()
            - padding.top()
            - padding.bottom();
    long columns =
        outputSize(image.size(2), window.stride().width(), window.span().width())
            + outputPadding.width()
            - padding.left()
            - padding.right();
    if (rows <= 0 || columns <= 0) {
      throw new GraphException(
          "(ConvTranspose2d) has padding %s, which removes the whole output".formatted(padding));
    }
    return Shape.of(filters, InputChecks.size(this, rows), InputChecks.size(this, columns));
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int channels = InputChecks.image(this, inputs).size(0);
    int fanIn = window.fan(this, filters / groups);
    int fanOut = window.fan(this, channels / groups);
    List<Parameter> result = new ArrayList<>();
    result.add(
        new Parameter(
            "weight",
            Shape.of(channels, filters / groups, window.kernel().height(), window.kernel().width()),
            Parameter.Role.LEARNED,
            weightInitializer,
            fanIn,
            fanOut));
    if (bias) {
      result.add(
          new Parameter(
              "bias", Shape.of(filters), Parameter.Role.LEARNED, biasInitializer, fanIn, fanOut));
    }
    return result;
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    Size2d kernel = window.kernel();
    return InputChecks.image(this, inputs).elements()
        * (filters / groups)
        * kernel.height()
        * kernel.width();
  }

  private static long outputSize(int input, int stride, int span) {
    return (long) (input - 1) * stride + span;
  }

  private static void requireOutputPadding(int size, int stride, int dilation) {
    if (size < 0 || size >= Math.max(stride, dilation)) {
      throw new GraphException(
          "(ConvTranspose2d) output padding must be at least 0 and below the stride or the dilation, but is %d with stride %d and dilation %d"
              .formatted(size, stride, dilation));
    }
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.convTranspose2d(this, context);
  }
}
