package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.BatchReduce;
import dev.trifocal.layer.Reduce;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reductions over axes: sums, means, minima and maxima. */
record Reductions(Nd4jOperators operators) {

  ForwardResult reduce(Reduce layer, NodeContext context) {
    int[] axes = layer.axes().stream().mapToInt(axis -> axis + 1).toArray();
    return switch (layer.reduction()) {
      case SUM -> added(1, axes, context);
      case MEAN ->
          added(
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

  private ForwardResult added(double share, int[] axes, NodeContext context) {
    return new ForwardResult(
        operators.compute(f -> f.multiply(f.sum(context.input(), axes), share)),
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
