package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Dense;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers of several inputs, and products of matrices. */
record Joins(Operators operators) {

  Traced add(Site site) {
    INDArray value = operators.compute(f -> site.inputs().stream().reduce(f::add).orElseThrow());
    return new Traced(
        value,
        (gradient, sink) -> {
          for (int i = 0; i < site.inputs().size(); i++) {
            if (sink.wants(i)) {
              sink.input(i, unspread(operators.memory().share(gradient), site.inputs().get(i)));
            }
          }
        });
  }

  Traced multiply(Site site) {
    INDArray first = site.inputs().get(0);
    INDArray second = site.inputs().get(1);
    return new Traced(
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

  Traced divide(Site site) {
    INDArray first = site.inputs().get(0);
    INDArray second = site.inputs().get(1);
    INDArray value = operators.compute(f -> f.divide(first, second));
    return new Traced(
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

  Traced concat(Concat layer, Site site) {
    int axis = layer.axis() + 1;
    INDArray value =
        operators
            .call("concat", site.inputs().toArray(INDArray[]::new))
            .integers(axis)
            .into(site.outputSizes());
    return new Traced(
        value,
        (gradient, sink) -> {
          long start = 0;
          for (int i = 0; i < site.inputs().size(); i++) {
            long end = start + site.inputs().get(i).size(axis);
            if (sink.wants(i)) {
              sink.input(i, operators.copy(View.part(gradient, axis, start, end, 1)));
            }
            start = end;
          }
        });
  }

  Traced dense(Dense layer, Site site) {
    INDArray x = site.input();
    INDArray weight = site.parameter("weight");
    INDArray value = product(x, false, weight, true, site.outputSizes());
    if (layer.bias()) {
      operators.call("biasadd", value, site.parameter("bias")).to(value);
    }
    return new Traced(
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

  Traced matMul(Site site) {
    INDArray first = site.inputs().get(0);
    INDArray second = site.inputs().get(1);
    return new Traced(
        product(first, false, second, false, site.outputSizes()),
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

  /** Sums a gradient over the axes along which an input was repeated. */
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

  /** Constants per channel: {@code x * scale + shift}. */
  Traced affine(List<Float> scale, List<Float> shift, Site site) {
    INDArray factors = numbers(Host.array(operators.memory(), floats(scale), scale.size()), site);
    INDArray value =
        operators.compute(
            f ->
                f.add(
                    f.multiply(site.input(), factors),
                    numbers(f.constants(floats(shift), shift.size()), site)));
    return new Traced(
        value,
        (gradient, sink) -> sink.input(operators.compute(f -> f.multiply(gradient, factors))),
        List.of(factors));
  }

  /** One number for all elements, or one per channel. */
  private static INDArray numbers(INDArray values, Site site) {
    return values.length() == 1 ? values : site.channels(values);
  }

  private static float[] floats(List<Float> values) {
    float[] result = new float[values.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = values.get(i);
    }
    return result;
  }
}
