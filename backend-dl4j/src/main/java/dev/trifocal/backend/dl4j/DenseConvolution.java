package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.dl4j.PadCrop.Frame;
import dev.trifocal.layer.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution of one group, by {@code conv2d}, {@code conv2d_bp} and {@code deconv2d}. */
record DenseConvolution(Nd4jOperators operators, Window window) implements Convolution {
  /** ND4J's code for weights {@code [filters, C, kH, kW]}. */
  private static final int OIHW = 1;

  @Override
  public INDArray forward(INDArray input, INDArray weight, long... sizes) {
    return operators
        .call("conv2d", input, weight)
        .integers(WindowGeometry.of(window, OIHW))
        .into(sizes);
  }

  /**
   * Computes the gradient without padding first, because otherwise rows that no window covers would
   * be missing.
   */
  @Override
  public INDArray inputGradient(INDArray weight, INDArray gradient, long... sizes) {
    int height = (int) (gradient.size(2) - 1) * window.stride().height() + window.span().height();
    int width = (int) (gradient.size(3) - 1) * window.stride().width() + window.span().width();
    INDArray full =
        operators
            .call("deconv2d", gradient, weight)
            .integers(WindowGeometry.of(WindowGeometry.bare(window), OIHW))
            .into(sizes[0], sizes[1], height, width);
    int top = window.padding().top();
    int left = window.padding().left();
    Frame frame =
        new Frame(-top, -left, (int) sizes[2] - height + top, (int) sizes[3] - width + left);
    INDArray result = new PadCrop(operators).framed(full, frame, 0);
    operators.release(full);
    return result;
  }

  @Override
  public Gradients gradients(INDArray input, INDArray weight, INDArray gradient) {
    INDArray ofInput = operators.memory().take(input.shape());
    INDArray ofWeight = operators.memory().take(weight.shape());
    operators
        .call("conv2d_bp", input, weight, gradient)
        .integers(WindowGeometry.of(window, OIHW))
        .to(ofInput, ofWeight);
    return new Gradients(ofInput, ofWeight);
  }
}
