package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution without bias, and its gradients. Weights are {@code [filters, C / groups, kH, kW]}.
 * Windows have the same padding on opposite sides; ND4J supports nothing else.
 */
interface Convolution {
  /** The gradients with respect to input and weight. */
  record Gradients(INDArray input, INDArray weight) {}

  /**
   * Runs the convolution.
   *
   * @param sizes shape of the result, {@code [N, filters, H', W']}
   */
  INDArray forward(INDArray input, INDArray weight, long... sizes);

  /**
   * Returns the gradient of the input only.
   *
   * @param sizes shape of the result, {@code [N, C, H, W]}
   */
  INDArray inputGradient(INDArray weight, INDArray gradient, long... sizes);

  Gradients gradients(INDArray input, INDArray weight, INDArray gradient);

  /**
   * Returns the implementation for a window.
   *
   * @param channels channels of the input
   */
  static Convolution of(Nd4jOperators operators, Window window, int groups, int channels) {
    if (!window.dilation().equals(Size2d.square(1))) {
      Convolution point = of(operators, Window.square(1), groups, channels);
      return new DilatedConvolution(operators, window, point);
    }
    if (groups == 1) {
      return new DenseConvolution(operators, window);
    }
    return groups == channels
        ? new DepthwiseConvolution(operators, window)
        : new GroupedConvolution(operators, new DenseConvolution(operators, window), groups);
  }
}
