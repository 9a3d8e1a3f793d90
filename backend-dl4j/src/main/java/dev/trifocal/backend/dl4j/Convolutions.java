package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.dl4j.PadCrop.Frame;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolutions and transposed convolutions with padding, bias and the required gradients. */
record Convolutions(Nd4jOperators operators) {

  ForwardResult conv2d(Conv2d layer, NodeContext context) {
    Window window = layer.window();
    boolean symmetric = WindowGeometry.isSymmetric(window.padding());
    Frame frame = Frame.of(symmetric ? Padding.NONE : window.padding());
    Window inner = symmetric ? window : WindowGeometry.bare(window);
    int channels = context.node().inputShapes().get(0).size(0);
    Convolution convolution = Convolution.of(operators, inner, layer.groups(), channels);
    PadCrop framing = new PadCrop(operators);

    INDArray weight = context.parameter("weight");
    INDArray input = framing.framed(context.input(), frame, 0);
    INDArray value = convolution.forward(input, weight, context.outputSizes());
    operators.release(input);
    if (layer.bias()) {
      addBias(value, context);
    }
    return new ForwardResult(
        value,
        (gradient, sink) -> {
          if (sink.trained() && layer.bias()) {
            sink.parameter("bias", operators.compute(f -> f.sum(gradient, 0, 2, 3)));
          }
          INDArray framed = framing.framed(context.input(), frame, 0);
          INDArray ofInput = pull(convolution, framed, weight, gradient, sink);
          sink.input(framing.framed(ofInput, frame.inverse(), 0));
          operators.release(framed, ofInput);
        });
  }

  /**
   * Runs a transposed convolution: the gradient of a convolution with respect to its input, as
   * PyTorch defines it.
   */
  ForwardResult convTranspose2d(ConvTranspose2d layer, NodeContext context) {
    Window window = WindowGeometry.bare(layer.window());
    Shape image = context.node().inputShapes().get(0);
    Convolution convolution = Convolution.of(operators, window, layer.groups(), layer.filters());
    PadCrop framing = new PadCrop(operators);
    long[] sizes = context.outputSizes();
    long[] full = sizes.clone();
    full[2] = window.covered(image).height();
    full[3] = window.covered(image).width();
    Padding padding = layer.window().padding();
    Frame frame =
        new Frame(
            -padding.top(),
            -padding.left(),
            (int) (sizes[2] - full[2]) + padding.top(),
            (int) (sizes[3] - full[3]) + padding.left());

    INDArray weight = context.parameter("weight");
    INDArray whole = convolution.inputGradient(weight, context.input(), full);
    INDArray value = framing.framed(whole, frame, 0);
    operators.release(whole);
    if (layer.bias()) {
      addBias(value, context);
    }
    return new ForwardResult(
        value,
        (gradient, sink) -> {
          if (sink.trained() && layer.bias()) {
            sink.parameter("bias", operators.compute(f -> f.sum(gradient, 0, 2, 3)));
          }
          INDArray framed = framing.framed(gradient, frame.inverse(), 0);
          if (sink.trained()) {
            Convolution.Gradients both = convolution.gradients(framed, weight, context.input());
            sink.parameter("weight", both.weight());
            operators.release(both.input());
          }
          if (sink.wantsInput()) {
            sink.input(convolution.forward(framed, weight, context.inputSizes()));
          }
          operators.release(framed);
        });
  }

  private INDArray pull(
      Convolution convolution,
      INDArray input,
      INDArray weight,
      INDArray gradient,
      GradientAccumulator sink) {
    if (!sink.trained()) {
      return convolution.inputGradient(weight, gradient, input.shape());
    }
    Convolution.Gradients both = convolution.gradients(input, weight, gradient);
    sink.parameter("weight", both.weight());
    return both.input();
  }

  private void addBias(INDArray value, NodeContext context) {
    operators.call("biasadd", value, context.parameter("bias")).flags(true).to(value);
  }
}
