package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.LocalResponseNorm;
import java.util.List;
import java.util.function.UnaryOperator;
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

  /** Runs batch norm with batch statistics. */
  ForwardResult batchNorm(BatchNorm layer, NodeContext context, RunningStatistics statistics) {
    int[] axes = othersThanChannels(context.node().shape().rank());
    INDArray mean = operators.compute(f -> f.mean(context.input(), axes));
    INDArray variance =
        operators.compute(f -> f.mean(f.square(f.subtract(context.input(), mean)), axes));
    statistics.update(layer, context, mean, variance);
    Normal normal = normal(context.input(), mean, variance, layer.epsilon());
    operators.release(mean, variance);
    return affine(context, normal, normal.unit(), axes, unit -> unit);
  }

  /** Runs group norm on groups as rows: {@code [N, groups, elements of a group]}. */
  ForwardResult groupNorm(GroupNorm layer, NodeContext context) {
    long[] sizes = context.inputSizes();
    long rest = context.input().length() / context.batch() / layer.groups();
    INDArray rows = ArrayViews.shaped(context.input(), context.batch(), layer.groups(), rest);
    INDArray mean = operators.compute(f -> f.mean(rows, 2));
    INDArray variance = operators.compute(f -> f.mean(f.square(f.subtract(rows, mean)), 2));
    Normal normal = normal(rows, mean, variance, layer.epsilon());
    operators.release(mean, variance);
    INDArray unit = ArrayViews.shaped(normal.unit(), sizes);
    return affine(context, normal, unit, new int[] {2}, a -> ArrayViews.shaped(a, rows.shape()));
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

  /** Values normalised to mean 0 and variance 1, and the reciprocal of their standard deviation. */
  private record Normal(INDArray unit, INDArray inverse) {}

  private Normal normal(INDArray x, INDArray mean, INDArray variance, double epsilon) {
    INDArray inverse =
        operators.compute(f -> f.divide(f.constant(1), f.sqrt(f.add(variance, epsilon))));
    INDArray unit = operators.compute(f -> f.multiply(f.subtract(x, mean), inverse));
    return new Normal(unit, inverse);
  }

  /**
   * Applies scale and shift per channel, with a backward pass through both and the normalisation.
   *
   * @param unit normalised values in the shape of the output
   * @param axes axes that were normalised over, in the shape that {@code rows} returns
   */
  private ForwardResult affine(
      NodeContext context, Normal normal, INDArray unit, int[] axes, UnaryOperator<INDArray> rows) {
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
                      INDArray scaled = rows.apply(f.multiply(gradient, weight));
                      INDArray flat = rows.apply(unit);
                      INDArray slope = f.mean(f.multiply(scaled, flat), axes);
                      INDArray centred = f.subtract(scaled, f.mean(scaled, axes));
                      return f.multiply(
                          f.subtract(centred, f.multiply(flat, slope)), normal.inverse());
                    });
            sink.input(ArrayViews.shaped(result, context.inputSizes()));
          }
        },
        List.of(normal.unit(), normal.inverse()));
  }

  /** Returns all axes of a batch except the channel axis. */
  private static int[] othersThanChannels(int rank) {
    return IntStream.rangeClosed(0, rank).filter(axis -> axis != 1).toArray();
  }
}
