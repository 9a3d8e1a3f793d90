package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution with one group per channel, by {@code depthwise_conv2d}. Weights are first
 * transposed to {@code [kH, kW, C, multiplier]}: in any other layout the operator does not use
 * oneDNN and is seventy times slower.
 */
record DepthwiseConvolution(Nd4jOperators operators, Window window) implements Convolution {
  /** ND4J's code for weights {@code [kH, kW, C, multiplier]}. */
  private static final int HWIO = 0;

  @Override
  public INDArray forward(INDArray input, INDArray weight, long... sizes) {
    INDArray kernels = kernels(weight, input.size(1));
    INDArray result =
        operators
            .call("depthwise_conv2d", input, kernels)
            .integers(WindowGeometry.of(window, HWIO))
            .into(sizes);
    operators.release(kernels);
    return result;
  }

  @Override
  public INDArray inputGradient(INDArray weight, INDArray gradient, long... sizes) {
    INDArray input = operators.filled(0, sizes);
    Gradients both = gradients(input, weight, gradient);
    operators.release(input, both.weight());
    return both.input();
  }

  @Override
  public Gradients gradients(INDArray input, INDArray weight, INDArray gradient) {
    INDArray kernels = kernels(weight, input.size(1));
    INDArray ofInput = operators.memory().take(input.shape());
    INDArray ofKernels = operators.memory().take(kernels.shape());
    operators
        .call("depthwise_conv2d_bp", input, kernels, gradient)
        .integers(WindowGeometry.of(window, HWIO))
        .to(ofInput, ofKernels);
    INDArray ofWeight = operators.copy(ofKernels.permute(2, 3, 0, 1));
    operators.release(kernels, ofKernels);
    return new Gradients(ofInput, ArrayViews.shaped(ofWeight, weight.shape()));
  }

  private INDArray kernels(INDArray weight, long channels) {
    INDArray split =
        ArrayViews.shaped(
            weight, channels, weight.size(0) / channels, weight.size(2), weight.size(3));
    return operators.copy(split.permute(2, 3, 0, 1));
  }
}
