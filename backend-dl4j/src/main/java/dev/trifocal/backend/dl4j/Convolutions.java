package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.dl4j.Framing.Frame;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolutions and transposed convolutions: padding, bias, and who needs which gradient. */
record Convolutions(Operators operators) {

  Traced conv2d(Conv2d layer, Site site) {
    Window window = layer.window();
    boolean symmetric = Geometry.isSymmetric(window.padding());
    Frame frame = Frame.of(symmetric ? Padding.NONE : window.padding());
    Window inner = symmetric ? window : Geometry.bare(window);
    int channels = site.node().inputShapes().get(0).size(0);
    Convolution convolution = Convolution.of(operators, inner, layer.groups(), channels);
    Framing framing = new Framing(operators);

    INDArray weight = site.parameter("weight");
    INDArray input = framing.framed(site.input(), frame, 0);
    INDArray value = convolution.forward(input, weight, site.outputSizes());
    operators.release(input);
    if (layer.bias()) {
      addBias(value, site);
    }
    return new Traced(
        value,
        (gradient, sink) -> {
          if (sink.trained() && layer.bias()) {
            sink.parameter("bias", operators.compute(f -> f.sum(gradient, 0, 2, 3)));
          }
          INDArray framed = framing.framed(site.input(), frame, 0);
          INDArray ofInput = pull(convolution, framed, weight, gradient, sink);
          sink.input(framing.framed(ofInput, frame.inverse(), 0));
          operators.release(framed, ofInput);
        });
  }

  /** The gradient of a convolution from the output to the input, as PyTorch defines it. */
  Traced convTranspose2d(ConvTranspose2d layer, Site site) {
    Window window = Geometry.bare(layer.window());
    Shape image = site.node().inputShapes().get(0);
    Convolution convolution = Convolution.of(operators, window, layer.groups(), layer.filters());
    Framing framing = new Framing(operators);
    long[] sizes = site.outputSizes();
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

    INDArray weight = site.parameter("weight");
    INDArray whole = convolution.inputGradient(weight, site.input(), full);
    INDArray value = framing.framed(whole, frame, 0);
    operators.release(whole);
    if (layer.bias()) {
      addBias(value, site);
    }
    return new Traced(
        value,
        (gradient, sink) -> {
          if (sink.trained() && layer.bias()) {
            sink.parameter("bias", operators.compute(f -> f.sum(gradient, 0, 2, 3)));
          }
          INDArray framed = framing.framed(gradient, frame.inverse(), 0);
          if (sink.trained()) {
            Convolution.Gradients both = convolution.gradients(framed, weight, site.input());
            sink.parameter("weight", both.weight());
            operators.release(both.input());
          }
          if (sink.wantsInput()) {
            sink.input(convolution.forward(framed, weight, site.inputSizes()));
          }
          operators.release(framed);
        });
  }

  private INDArray pull(
      Convolution convolution,
      INDArray input,
      INDArray weight,
      INDArray gradient,
      GradientSink sink) {
    if (!sink.trained()) {
      return convolution.inputGradient(weight, gradient, input.shape());
    }
    Convolution.Gradients both = convolution.gradients(input, weight, gradient);
    sink.parameter("weight", both.weight());
    return both.input();
  }

  private void addBias(INDArray value, Site site) {
    operators.call("biasadd", value, site.parameter("bias")).flags(true).to(value);
  }
}
