package dev.trifocal.backend.dl4j;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Elementwise arithmetic on several inputs or with constants. */
record ElementwiseOps(Nd4jOperators operators) {

  ForwardResult add(NodeContext context) {
    INDArray value = operators.compute(f -> context.inputs().stream().reduce(f::add).orElseThrow());
    return new ForwardResult(
        value,
        (gradient, sink) -> {
          for (int i = 0; i < context.inputs().size(); i++) {
            if (sink.wants(i)) {
              sink.input(i, unspread(operators.memory().share(gradient), context.inputs().get(i)));
            }
          }
        });
  }

  ForwardResult multiply(NodeContext context) {
    INDArray first = context.inputs().get(0);
    INDArray second = context.inputs().get(1);
    return new ForwardResult(
        operators.compute(f -> f.multiply(first, second)),
        (gradient, sink) -> {
          if (sink.wants(0)) {
            INDArray product = operators.compute(f -> f.multiply(gradient, second));
            sink.input(0, unspread(product, first));
          }
          if (sink.wants(1)) {
            INDArray product = operators.compute(f -> f.multiply(gradient, first));
            sink.input(1, unspread(product, second));
          }
        });
  }

  ForwardResult divide(NodeContext context) {
    INDArray first = context.inputs().get(0);
    INDArray second = context.inputs().get(1);
    INDArray value = operators.compute(f -> f.divide(first, second));
    return new ForwardResult(
        value,
        (gradient, sink) -> {
          if (sink.wants(0)) {
            sink.input(0, unspread(operators.compute(f -> f.divide(gradient, second)), first));
          }
          if (sink.wants(1)) {
            INDArray slope =
                operators.compute(
                    f -> f.multiply(f.divide(f.multiply(gradient, value), second), -1));
            sink.input(1, unspread(slope, second));
          }
        });
  }

  /** Computes {@code x * scale + shift} with constants per channel. */
  ForwardResult affine(List<Float> scale, List<Float> shift, NodeContext context) {
    INDArray factors =
        numbers(HostTransfer.array(operators.memory(), floats(scale), scale.size()), context);
    INDArray value =
        operators.compute(
            f ->
                f.add(
                    f.multiply(context.input(), factors),
                    numbers(f.constants(floats(shift), shift.size()), context)));
    return new ForwardResult(
        value,
        (gradient, sink) -> sink.input(operators.compute(f -> f.multiply(gradient, factors))),
        List.of(factors));
  }

  /** Sums a gradient over the axes along which an input was broadcast. */
  private INDArray unspread(INDArray gradient, INDArray input) {
    int[] axes =
        IntStream.range(0, input.rank())
            .filter(axis -> input.size(axis) != gradient.size(axis))
            .toArray();
    if (axes.length == 0) {
      return gradient;
    }
    INDArray result = operators.compute(f -> f.sum(gradient, axes));
    operators.release(gradient);
    return result;
  }

  /** Returns one number for all elements or one per channel, shaped to broadcast. */
  private static INDArray numbers(INDArray values, NodeContext context) {
    return values.length() == 1 ? values : context.channels(values);
  }

  private static float[] floats(List<Float> values) {
    float[] result = new float[values.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = values.get(i);
    }
    return result;
  }
}
