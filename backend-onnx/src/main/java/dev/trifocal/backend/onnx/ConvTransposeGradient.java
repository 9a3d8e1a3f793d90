package dev.trifocal.backend.onnx;

import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.onnx.ConvolutionAttributes;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The gradients of a transposed convolution, which are those of the convolution that it transposes
 * with input and output exchanged.
 *
 * @param convolution the convolution that maps {@code output} to exactly {@code image}
 * @param surplus rows and columns of the output below and to the right of all windows
 */
record ConvTransposeGradient(
    OnnxGraphBuilder onnx,
    NchwcValues values,
    Conv2d convolution,
    Size2d surplus,
    Shape image,
    Shape output,
    int batch) {

  static ConvTransposeGradient of(
      OnnxGraphBuilder onnx,
      TrainingModeLayers forward,
      ConvTranspose2d layer,
      Shape image,
      Shape output) {
    Padding padding = layer.window().padding();
    int bottom = padding.bottom() - layer.outputPadding().height();
    int right = padding.right() - layer.outputPadding().width();
    Padding kept =
        new Padding(padding.top(), padding.left(), Math.max(0, bottom), Math.max(0, right));
    Conv2d convolution =
        new Conv2d(
            image.size(0),
            layer.window().padding(kept),
            layer.groups(),
            false,
            layer.weightInitializer(),
            layer.biasInitializer());
    Size2d surplus = new Size2d(Math.max(0, -bottom), Math.max(0, -right));
    Shape covered =
        Shape.of(
            output.size(0), output.size(1) - surplus.height(), output.size(2) - surplus.width());
    return new ConvTransposeGradient(
        onnx, forward.values(), convolution, surplus, image, covered, forward.batch());
  }

  /** Returns the part of dy that the windows cover. */
  String covered(String dy) {
    return surplus.equals(Size2d.square(0))
        ? dy
        : onnx.node(
            "Pad", List.of(dy, onnx.longs(0, 0, 0, 0, 0, 0, -surplus.height(), -surplus.width())));
  }

  /**
   * Returns the gradient of the input.
   *
   * @param covered result of {@link #covered}
   */
  String input(String weight, String covered) {
    NchwcConvolution blocked = new NchwcConvolution(onnx, values, convolution, output, image);
    if (blocked.applies()) {
      return blocked.product(covered, weight, Optional.empty());
    }
    return onnx.node(
        "Conv",
        List.of(covered, weight),
        ConvolutionAttributes.of(convolution.window(), convolution.groups()));
  }

  /**
   * Returns the gradient of the weight.
   *
   * @param covered result of {@link #covered}
   */
  String weight(String x, String covered) {
    ConvolutionWeightGradient gradient =
        new ConvolutionWeightGradient(onnx, values, convolution, output, image, batch);
    return gradient.of(gradient.fastest(covered, x), covered, x);
  }
}
