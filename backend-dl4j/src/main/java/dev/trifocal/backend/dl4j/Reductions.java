package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.BatchReduce;
import dev.trifocal.layer.LogSoftmax;
import dev.trifocal.layer.PRelu;
import dev.trifocal.layer.Reduce;
import dev.trifocal.layer.Softmax;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reductions and softmax, whose gradients sum over axes. */
record Reductions(Nd4jOperators operators) {

  ForwardResult reduce(Reduce layer, NodeContext context) {
    int[] axes = layer.axes().stream().mapToInt(axis -> axis + 1).toArray();
    return switch (layer.reduction()) {
      case SUM -> added("reduce_sum", 1, axes, context);
      case MEAN ->
          added(
              "reduce_mean",
              (double) context.node().shape().elements()
                  / context.node().inputShapes().get(0).elements(),
              axes,
              context);
      case MAX -> extreme("reduce_max", axes, context);
      case MIN -> extreme("reduce_min", axes, context);
    };
  }

  ForwardResult batchReduce(BatchReduce layer, NodeContext context) {
    INDArray x = context.input();
    double share = layer.reduction() == Reduce.Reduction.MEAN ? 1.0 / x.size(0) : 1;
    return new ForwardResult(
        operators.compute(f -> f.multiply(f.sum(x, 0), share)),
        (gradient, sink) ->
            sink.input(operators.compute(f -> f.spread(f.multiply(gradient, share), x.shape()))));
  }

  /** Composes softmax, because ND4J's {@code softmax} is wrong over the channels of an image. */
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

  /** Composes log-softmax, for the same reason as {@link #softmax}. */
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

  ForwardResult pRelu(PRelu layer, NodeContext context) {
    INDArray x = context.input();
    INDArray weight = context.parameter("weight");
    INDArray slope = layer.slopes() == 1 ? weight : context.channels(weight);
    int[] axes = IntStream.range(0, x.rank()).filter(i -> layer.slopes() == 1 || i != 1).toArray();
    return new ForwardResult(
        operators.compute(f -> f.add(f.above(x), f.multiply(f.below(x), slope))),
        (gradient, sink) -> {
          if (sink.trained()) {
            sink.parameter(
                "weight", operators.compute(f -> f.sum(f.multiply(gradient, f.below(x)), axes)));
          }
          if (sink.wantsInput()) {
            sink.input(
                operators.compute(
                    f -> {
                      INDArray positive = f.above(x, 0);
                      INDArray other = f.multiply(f.subtract(1, positive), slope);
                      return f.multiply(gradient, f.add(positive, other));
                    }));
          }
        });
  }

  private ForwardResult added(String operator, double share, int[] axes, NodeContext context) {
    return new ForwardResult(
        operators.compute(f -> f.reduce(operator, context.input(), axes)),
        (gradient, sink) ->
            sink.input(
                operators.compute(
                    f -> f.spread(f.multiply(gradient, share), context.inputSizes()))));
  }

  /**
   * Returns the maximum or minimum; the gradient is shared equally among the elements that equal
   * it.
   */
  private ForwardResult extreme(String operator, int[] axes, NodeContext context) {
    INDArray value = operators.compute(f -> f.reduce(operator, context.input(), axes));
    return new ForwardResult(
        value,
        (gradient, sink) ->
            sink.input(
                operators.compute(
                    f -> {
                      INDArray distance = f.abs(f.subtract(context.input(), value));
                      INDArray equal = f.subtract(1, f.above(distance, 0));
                      INDArray count = f.sum(equal, axes);
                      return f.multiply(equal, f.divide(gradient, count));
                    })));
  }
}
