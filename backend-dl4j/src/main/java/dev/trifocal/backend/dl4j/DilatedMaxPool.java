package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A dilated max pool: the maximum over the pixels that the kernel elements cover; the gradient goes
 * to the first maximum.
 */
record DilatedMaxPool(Nd4jOperators operators, Window window) {

  INDArray forward(INDArray framed, long... sizes) {
    KernelOffsets offsets = new KernelOffsets(operators, window, sizes[2], sizes[3]);
    INDArray largest = offsets.seen(framed, 0);
    for (int index = 1; index < offsets.count(); index++) {
      INDArray seen = offsets.seen(framed, index);
      operators.call("maximum", largest, seen).to(largest);
      operators.release(seen);
    }
    return largest;
  }

  INDArray backward(INDArray framed, INDArray largest, INDArray gradient) {
    KernelOffsets offsets =
        new KernelOffsets(operators, window, gradient.size(2), gradient.size(3));
    INDArray left = operators.copy(gradient);
    INDArray result =
        offsets.putBack(
            index -> {
              INDArray seen = offsets.seen(framed, index);
              INDArray part =
                  operators.compute(
                      f -> f.multiply(left, f.subtract(1, f.above(f.subtract(largest, seen), 0))));
              operators.call("subtract", left, part).to(left);
              operators.release(seen);
              return part;
            },
            framed.shape());
    operators.release(left);
    return result;
  }
}
