package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.LogSoftmax;
import dev.trifocal.layer.Softmax;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Softmax and its logarithm. */
record Softmaxes(Nd4jOperators operators) {

  /** Composed: ND4J's {@code softmax} is wrong over the channels of an image. */
  ForwardResult softmax(Softmax layer, NodeContext context) {
    int axis = layer.axis() + 1;
    INDArray value =
        operators.compute(
            f -> {
              INDArray largest = f.reduce("reduce_max", context.input(), axis);
              INDArray powers = f.exp(f.subtract(context.input(), largest));
              return f.divide(powers, f.sum(powers, axis));
            });
    return new ForwardResult(
        value,
        (gradient, sink) ->
            sink.input(
                operators.compute(
                    f -> {
                      INDArray product = f.multiply(gradient, value);
                      return f.subtract(product, f.multiply(value, f.sum(product, axis)));
                    })));
  }

  /** Composed, as {@link #softmax} is. */
  ForwardResult logSoftmax(LogSoftmax layer, NodeContext context) {
    int axis = layer.axis() + 1;
    INDArray value =
        operators.compute(
            f -> {
              INDArray largest = f.reduce("reduce_max", context.input(), axis);
              INDArray shifted = f.subtract(context.input(), largest);
              return f.subtract(shifted, f.log(f.sum(f.exp(shifted), axis)));
            });
    return new ForwardResult(
        value,
        (gradient, sink) ->
            sink.input(
                operators.compute(
                    f -> f.subtract(gradient, f.multiply(f.exp(value), f.sum(gradient, axis))))));
  }
}
