package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.Dense;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Products of matrices. */
record MatMuls(Nd4jOperators operators) {

  ForwardResult dense(Dense layer, NodeContext context) {
    INDArray x = context.input();
    INDArray weight = context.parameter("weight");
    INDArray value = product(x, false, weight, true, context.outputSizes());
    if (layer.bias()) {
      operators.call("biasadd", value, context.parameter("bias")).to(value);
    }
    return new ForwardResult(
        value,
        (gradient, sink) -> {
          if (sink.trained()) {
            sink.parameter("weight", product(gradient, true, x, false, weight.shape()));
            if (layer.bias()) {
              sink.parameter("bias", operators.compute(f -> f.sum(gradient, 0)));
            }
          }
          if (sink.wantsInput()) {
            sink.input(product(gradient, false, weight, false, x.shape()));
          }
        });
  }

  ForwardResult matMul(NodeContext context) {
    INDArray first = context.inputs().get(0);
    INDArray second = context.inputs().get(1);
    return new ForwardResult(
        product(first, false, second, false, context.outputSizes()),
        (gradient, sink) -> {
          if (sink.wants(0)) {
            sink.input(0, product(gradient, false, second, true, first.shape()));
          }
          if (sink.wants(1)) {
            sink.input(1, product(first, true, gradient, false, second.shape()));
          }
        });
  }

  /** The product of the last two axes, each transposed or not. */
  private INDArray product(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, long... sizes) {
    return operators
        .call("matmul", a, b)
        .integers(transposeA ? 1 : 0, transposeB ? 1 : 0, 0)
        .into(sizes);
  }
}
