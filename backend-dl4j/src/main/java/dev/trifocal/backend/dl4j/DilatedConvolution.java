package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.dl4j.PadCrop.Frame;
import dev.trifocal.layer.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A dilated convolution: one 1x1 convolution per kernel element over the pixels that the element
 * covers.
 *
 * @param point the 1x1 convolution with the same groups
 */
record DilatedConvolution(Nd4jOperators operators, Window window, Convolution point)
    implements Convolution {

  @Override
  public INDArray forward(INDArray input, INDArray weight, long... sizes) {
    INDArray framed = framing().framed(input, frame(), 0);
    KernelOffsets offsets = new KernelOffsets(operators, window, sizes[2], sizes[3]);
    INDArray sum = operators.filled(0, sizes);
    for (int index = 0; index < offsets.count(); index++) {
      INDArray seen = offsets.seen(framed, index);
      INDArray kernel = offsets.weight(weight, index);
      INDArray term = point.forward(seen, kernel, sizes);
      operators.call("add", sum, term).to(sum);
      operators.release(seen, kernel, term);
    }
    operators.release(framed);
    return sum;
  }

  @Override
  public INDArray inputGradient(INDArray weight, INDArray gradient, long... sizes) {
    KernelOffsets offsets = offsets(gradient);
    long[] seen = {sizes[0], sizes[1], gradient.size(2), gradient.size(3)};
    return unframed(
        offsets.putBack(
            index -> {
              INDArray kernel = offsets.weight(weight, index);
              INDArray part = point.inputGradient(kernel, gradient, seen);
              operators.release(kernel);
              return part;
            },
            framedSizes(sizes)));
  }

  @Override
  public Gradients gradients(INDArray input, INDArray weight, INDArray gradient) {
    INDArray framed = framing().framed(input, frame(), 0);
    KernelOffsets offsets = offsets(gradient);
    INDArray ofWeight = operators.memory().take(weight.shape());
    INDArray ofInput =
        offsets.putBack(
            index -> {
              INDArray seen = offsets.seen(framed, index);
              INDArray kernel = offsets.weight(weight, index);
              Gradients both = point.gradients(seen, kernel, gradient);
              operators.assign(offsets.weightView(ofWeight, index), both.weight());
              operators.release(seen, kernel, both.weight());
              return both.input();
            },
            framed.shape());
    operators.release(framed);
    return new Gradients(unframed(ofInput), ofWeight);
  }

  private INDArray unframed(INDArray framed) {
    INDArray result = framing().framed(framed, frame().inverse(), 0);
    operators.release(framed);
    return result;
  }

  private long[] framedSizes(long... sizes) {
    Frame frame = frame();
    return new long[] {
      sizes[0],
      sizes[1],
      sizes[2] + frame.top() + frame.bottom(),
      sizes[3] + frame.left() + frame.right()
    };
  }

  private KernelOffsets offsets(INDArray output) {
    return new KernelOffsets(operators, window, output.size(2), output.size(3));
  }

  private Frame frame() {
    return Frame.of(window.padding());
  }

  private PadCrop framing() {
    return new PadCrop(operators);
  }
}
