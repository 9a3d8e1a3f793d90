package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cross-correlation of {@code [C, H, W]} with {@code filters} kernels and zero padding: PyTorch's
 * {@code Conv2d}, ONNX's {@code Conv}.
 *
 * <p>Parameters: {@code weight [filters, C / groups, kH, kW]} and, with {@code bias}, {@code bias
 * [filters]}. With {@code groups = C} it is a depthwise convolution.
 */
public record Conv2d(
    int filters,
    Window window,
    int groups,
    boolean bias,
    Initializer weightInitializer,
    Initializer biasInitializer)
    implements Layer {

  public Conv2d {
    if (filters <= 0 || groups <= 0 || filters % groups != 0) {
      throw new GraphException(
          "(Conv2d) filters must be a positive multiple of groups, but are %d with groups %d"
              .formatted(filters, groups));
    }
    if (window.rounding() != Rounding.FLOOR) {
      throw new GraphException("(Conv2d) has no ceil mode");
    }
  }

  public Conv2d stride(int stride) {
    return window(window.stride(stride));
  }

  /**
   * @param vertical stride in rows
   * @param horizontal stride in columns
   */
  public Conv2d stride(int vertical, int horizontal) {
    return window(window.stride(new Size2d(vertical, horizontal)));
  }

  public Conv2d padding(int size) {
    return window(window.padding(Padding.all(size)));
  }

  /**
   * @param vertical rows of padding at the top and at the bottom
   * @param horizontal columns of padding at the left and at the right
   */
  public Conv2d padding(int vertical, int horizontal) {
    return window(window.padding(new Padding(vertical, horizontal, vertical, horizontal)));
  }

  public Conv2d padding(int top, int left, int bottom, int right) {
    return window(window.padding(new Padding(top, left, bottom, right)));
  }

  public Conv2d dilation(int dilation) {
    return window(window.dilation(dilation));
  }

  /**
   * @param vertical distance between the kernel's rows
   * @param horizontal distance between the kernel's columns
   */
  public Conv2d dilation(int vertical, int horizontal) {
    return window(window.dilation(new Size2d(vertical, horizontal)));
  }

  public Conv2d groups(int count) {
    return new Conv2d(filters, window, count, bias, weightInitializer, biasInitializer);
  }

  public Conv2d withoutBias() {
    return new Conv2d(filters, window, groups, false, weightInitializer, biasInitializer);
  }

  public Conv2d window(Window other) {
    return new Conv2d(filters, other, groups, bias, weightInitializer, biasInitializer);
  }

  public Conv2d initializers(Initializer weight, Initializer bias) {
    return new Conv2d(filters, window, groups, this.bias, weight, bias);
  }

  /** Returns this layer with "same" padding, see {@link Window#same}; must be the last call. */
  public LayerSpec same() {
    return LayerSpec.of(inputs -> window(window.same(InputChecks.image(this, inputs))));
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape image = InputChecks.image(this, inputs);
    if (image.size(0) % groups != 0) {
      throw new GraphException(
          "(Conv2d) cannot split %d channels into %d groups".formatted(image.size(0), groups));
    }
    Size2d size = window.outputSize(image);
    return Shape.of(filters, size.height(), size.width());
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int channels = InputChecks.image(this, inputs).size(0) / groups;
    Size2d kernel = window.kernel();
    int fanIn = window.fan(this, channels);
    int fanOut = window.fan(this, filters / groups);
    List<Parameter> result = new ArrayList<>();
    result.add(
        new Parameter(
            "weight",
            Shape.of(filters, channels, kernel.height(), kernel.width()),
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
    return outputShape(inputs).elements() * parameters(inputs).get(0).fanIn();
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.conv2d(this, context);
  }
}
