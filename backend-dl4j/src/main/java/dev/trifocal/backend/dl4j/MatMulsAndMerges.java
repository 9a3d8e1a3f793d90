package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Dense;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrix products, and layers with several inputs. */
record MatMulsAndMerges(Nd4jOperators operators) {

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

  ForwardResult concat(Concat layer, NodeContext context) {
    int axis = layer.axis() + 1;
    INDArray value =
        operators
            .call("concat", context.inputs().toArray(INDArray[]::new))
            .integers(axis)
            .into(context.outputSizes());
    return new ForwardResult(
        value,
        (gradient, sink) -> {
          long start = 0;
          for (int i = 0; i < context.inputs().size(); i++) {
            long end = start + context.inputs().get(i).size(axis);
            if (sink.wants(i)) {
              sink.input(i, operators.copy(ArrayViews.part(gradient, axis, start, end, 1)));
            }
            start = end;
          }
        });
  }

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

  /** Multiplies the last two axes, each optionally transposed. */
  private INDArray product(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, long... sizes) {
    return operators
        .call("matmul", a, b)
        .integers(transposeA ? 1 : 0, transposeB ? 1 : 0, 0)
        .into(sizes);
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
