package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.LocalResponseNorm;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Normalisation layers. Means and variances are composed, so that each formula matches PyTorch's.
 */
record Normalisations(Nd4jOperators operators) {

  /** Runs batch norm with its running statistics, which are not updated. */
  ForwardResult frozenBatchNorm(BatchNorm layer, NodeContext context) {
    INDArray factor =
        operators.compute(
            f ->
                f.divide(
                    context.channels("weight"),
                    f.sqrt(f.add(context.channels("running_var"), layer.epsilon()))));
    INDArray value =
        operators.compute(
            f ->
                f.add(
                    f.multiply(
                        f.subtract(context.input(), context.channels("running_mean")), factor),
                    context.channels("bias")));
    return new ForwardResult(
        value,
        (gradient, sink) -> sink.input(operators.compute(f -> f.multiply(gradient, factor))),
        List.of(factor));
  }

  /**
   * Runs a trained batch norm, with batch statistics. Time goes into passes over memory: results
   * overwrite what is no longer needed, and the backward pass subtracts the mean again instead of
   * keeping an array.
   */
  ForwardResult batchNorm(BatchNorm layer, NodeContext context, RunningStatistics statistics) {
    INDArray x = context.input();
    int[] axes = othersThanChannels(context.node().shape().rank());
    INDArray mean = operators.compute(f -> f.mean(x, axes));
    INDArray value = operators.compute(f -> f.subtract(x, mean));
    INDArray variance = operators.compute(f -> f.mean(f.square(value), axes));
    statistics.update(layer, context, mean, variance);
    INDArray inverseStd = inverseStd(variance, layer.epsilon());
    INDArray scale = operators.compute(f -> f.multiply(inverseStd, context.channels("weight")));
    operators.call("multiply", value, scale).to(value);
    operators.call("add", value, context.channels("bias")).to(value);
    operators.release(variance, scale);
    return new ForwardResult(
        value,
        (gradient, sink) -> {
          INDArray centred = operators.compute(f -> f.subtract(x, mean));
          INDArray sum = operators.compute(f -> f.sum(gradient, axes));
          INDArray dotProduct = operators.compute(f -> f.sum(f.multiply(gradient, centred), axes));
          sink.parameter("bias", operators.memory().share(sum));
          sink.parameter("weight", operators.compute(f -> f.multiply(dotProduct, inverseStd)));
          if (sink.wantsInput()) {
            sink.input(inputGradient(context, gradient, centred, inverseStd, sum, dotProduct));
          }
          operators.release(centred, sum, dotProduct);
        },
        List.of(mean, inverseStd));
  }

  /**
   * Computes {@code weight * inverseStd * (gradient - mean(gradient) - centred * inverseStd^2 *
   * mean(gradient * centred))}.
   *
   * @param centred input less its mean; overwritten
   * @param sum sum of the gradient per channel
   * @param dotProduct sum of {@code gradient * centred} per channel
   */
  private INDArray inputGradient(
      NodeContext context,
      INDArray gradient,
      INDArray centred,
      INDArray inverseStd,
      INDArray sum,
      INDArray dotProduct) {
    double share = (double) sum.length() / gradient.length();
    INDArray scale = operators.compute(f -> f.multiply(inverseStd, context.channels("weight")));
    // In this order, inverseStd is never cubed on its own, which would overflow sooner.
    INDArray slope =
        operators.compute(
            f ->
                f.multiply(
                    f.multiply(scale, inverseStd),
                    f.multiply(f.multiply(dotProduct, inverseStd), share)));
    INDArray shift = operators.compute(f -> f.multiply(scale, f.multiply(sum, share)));
    INDArray result = operators.compute(f -> f.multiply(gradient, scale));
    operators.call("multiply", centred, slope).to(centred);
    operators.call("subtract", result, centred).to(result);
    operators.call("subtract", result, shift).to(result);
    operators.release(scale, slope, shift);
    return result;
  }

  /** Runs group norm on groups as rows: {@code [N, groups, elements of a group]}. */
  ForwardResult groupNorm(GroupNorm layer, NodeContext context) {
    long[] sizes = context.inputSizes();
    long rest = context.input().length() / context.batch() / layer.groups();
    INDArray rows = ArrayViews.shaped(context.input(), context.batch(), layer.groups(), rest);
    INDArray mean = operators.compute(f -> f.mean(rows, 2));
    INDArray variance = operators.compute(f -> f.mean(f.square(f.subtract(rows, mean)), 2));
    INDArray inverseStd = inverseStd(variance, layer.epsilon());
    INDArray units = operators.compute(f -> f.multiply(f.subtract(rows, mean), inverseStd));
    operators.release(mean, variance);
    INDArray unit = ArrayViews.shaped(units, sizes);
    INDArray weight = context.channels("weight");
    INDArray value =
        operators.compute(f -> f.add(f.multiply(unit, weight), context.channels("bias")));
    int[] others = othersThanChannels(context.node().shape().rank());
    return new ForwardResult(
        value,
        (gradient, sink) -> {
          if (sink.trained()) {
            sink.parameter("bias", operators.compute(f -> f.sum(gradient, others)));
            sink.parameter(
                "weight", operators.compute(f -> f.sum(f.multiply(gradient, unit), others)));
          }
          if (sink.wantsInput()) {
            INDArray result =
                operators.compute(
                    f -> {
                      INDArray scaled =
                          ArrayViews.shaped(f.multiply(gradient, weight), units.shape());
                      INDArray slope = f.mean(f.multiply(scaled, units), 2);
                      INDArray centred = f.subtract(scaled, f.mean(scaled, 2));
                      return f.multiply(f.subtract(centred, f.multiply(units, slope)), inverseStd);
                    });
            sink.input(ArrayViews.shaped(result, sizes));
          }
        },
        List.of(units, inverseStd));
  }

  /**
   * Computes {@code x / s^beta} with {@code s = k + alpha / size * (sum of squares of neighbours)}.
   * ND4J's {@code lrn} supports odd window sizes only. Neighbours are summed by a 1x1 convolution
   * with a band matrix, which is fast.
   */
  ForwardResult localResponseNorm(LocalResponseNorm layer, NodeContext context) {
    INDArray x = context.input();
    BandMatrix bands = new BandMatrix(operators, context.node().shape().size(0), layer.size());
    double share = layer.alpha() / layer.size();
    INDArray scale =
        operators.compute(f -> f.add(f.multiply(f.keep(bands.sum(f.square(x))), share), layer.k()));
    INDArray value = operators.compute(f -> f.multiply(x, f.power(scale, -layer.beta())));
    return new ForwardResult(
        value,
        (gradient, sink) ->
            sink.input(
                operators.compute(
                    f -> {
                      INDArray direct = f.multiply(gradient, f.power(scale, -layer.beta()));
                      INDArray ofScale = f.divide(f.multiply(gradient, value), scale);
                      INDArray around = f.multiply(x, f.keep(bands.transposedSum(ofScale)));
                      double factor = -2 * share * layer.beta();
                      return f.add(direct, f.multiply(around, factor));
                    })),
        List.of(scale));
  }

  /** Returns the reciprocal of the standard deviation. */
  private INDArray inverseStd(INDArray variance, double epsilon) {
    return operators.compute(f -> f.divide(f.constant(1), f.sqrt(f.add(variance, epsilon))));
  }

  /** Returns all axes of a batch except the channel axis. */
  private static int[] othersThanChannels(int rank) {
    return IntStream.rangeClosed(0, rank).filter(axis -> axis != 1).toArray();
  }
}
