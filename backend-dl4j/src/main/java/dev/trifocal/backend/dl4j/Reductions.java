package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.BatchReduce;
import dev.trifocal.layer.LogSoftmax;
import dev.trifocal.layer.PRelu;
import dev.trifocal.layer.Reduce;
import dev.trifocal.layer.Softmax;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers whose gradient sums over axes. */
record Reductions(Operators operators) {

  Traced reduce(Reduce layer, Site site) {
    int[] axes = layer.axes().stream().mapToInt(axis -> axis + 1).toArray();
    return switch (layer.reduction()) {
      case SUM -> added("reduce_sum", 1, axes, site);
      case MEAN ->
          added(
              "reduce_mean",
              (double) site.node().shape().elements() / site.node().inputShapes().get(0).elements(),
              axes,
              site);
      case MAX -> extreme("reduce_max", axes, site);
      case MIN -> extreme("reduce_min", axes, site);
    };
  }

  Traced batchReduce(BatchReduce layer, Site site) {
    INDArray x = site.input();
    double share = layer.reduction() == Reduce.Reduction.MEAN ? 1.0 / x.size(0) : 1;
    return new Traced(
        operators.compute(f -> f.multiply(f.sum(x, 0), share)),
        (gradient, sink) ->
            sink.input(operators.compute(f -> f.spread(f.multiply(gradient, share), x.shape()))));
  }

  /** Composed: ND4J's {@code softmax} is wrong over the channels of an image. */
  Traced softmax(Softmax layer, Site site) {
    int axis = layer.axis() + 1;
    INDArray value =
        operators.compute(
            f -> {
              INDArray largest = f.reduce("reduce_max", site.input(), axis);
              INDArray powers = f.exp(f.subtract(site.input(), largest));
              return f.divide(powers, f.sum(powers, axis));
            });
    return new Traced(
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
  Traced logSoftmax(LogSoftmax layer, Site site) {
    int axis = layer.axis() + 1;
    INDArray value =
        operators.compute(
            f -> {
              INDArray largest = f.reduce("reduce_max", site.input(), axis);
              INDArray shifted = f.subtract(site.input(), largest);
              return f.subtract(shifted, f.log(f.sum(f.exp(shifted), axis)));
            });
    return new Traced(
        value,
        (gradient, sink) ->
            sink.input(
                operators.compute(
                    f -> f.subtract(gradient, f.multiply(f.exp(value), f.sum(gradient, axis))))));
  }

  Traced pRelu(PRelu layer, Site site) {
    INDArray x = site.input();
    INDArray weight = site.parameter("weight");
    INDArray slope = layer.slopes() == 1 ? weight : site.channels(weight);
    int[] axes = IntStream.range(0, x.rank()).filter(i -> layer.slopes() == 1 || i != 1).toArray();
    return new Traced(
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

  private Traced added(String operator, double share, int[] axes, Site site) {
    return new Traced(
        operators.compute(f -> f.reduce(operator, site.input(), axes)),
        (gradient, sink) ->
            sink.input(
                operators.compute(f -> f.spread(f.multiply(gradient, share), site.inputSizes()))));
  }

  /** The gradient is shared evenly among the elements that equal the extreme one. */
  private Traced extreme(String operator, int[] axes, Site site) {
    INDArray value = operators.compute(f -> f.reduce(operator, site.input(), axes));
    return new Traced(
        value,
        (gradient, sink) ->
            sink.input(
                operators.compute(
                    f -> {
                      INDArray distance = f.abs(f.subtract(site.input(), value));
                      INDArray equal = f.subtract(1, f.above(distance, 0));
                      INDArray count = f.sum(equal, axes);
                      return f.multiply(equal, f.divide(gradient, count));
                    })));
  }
}
