package dev.trifocal.backend.dl4j;

import java.util.function.IntFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A convolution of several groups of several channels, which ND4J does not support; groups run one
 * by one.
 */
record GroupedConvolution(Nd4jOperators operators, DenseConvolution one, int groups)
    implements Convolution {

  @Override
  public INDArray forward(INDArray input, INDArray weight, long... sizes) {
    INDArray result = operators.memory().take(sizes);
    long[] part = divided(sizes, 1);
    forEachGroup(
        group -> {
          INDArray x = part(input, 1, group);
          INDArray w = part(weight, 0, group);
          put(result, 1, group, one.forward(x, w, part));
          return new INDArray[] {x, w};
        });
    return result;
  }

  @Override
  public INDArray inputGradient(INDArray weight, INDArray gradient, long... sizes) {
    INDArray result = operators.memory().take(sizes);
    long[] part = divided(sizes, 1);
    forEachGroup(
        group -> {
          INDArray w = part(weight, 0, group);
          INDArray dy = part(gradient, 1, group);
          put(result, 1, group, one.inputGradient(w, dy, part));
          return new INDArray[] {w, dy};
        });
    return result;
  }

  @Override
  public Gradients gradients(INDArray input, INDArray weight, INDArray gradient) {
    INDArray ofInput = operators.memory().take(input.shape());
    INDArray ofWeight = operators.memory().take(weight.shape());
    forEachGroup(
        group -> {
          INDArray x = part(input, 1, group);
          INDArray w = part(weight, 0, group);
          INDArray dy = part(gradient, 1, group);
          Gradients both = one.gradients(x, w, dy);
          put(ofInput, 1, group, both.input());
          put(ofWeight, 0, group, both.weight());
          return new INDArray[] {x, w, dy};
        });
    return new Gradients(ofInput, ofWeight);
  }

  /** Runs each group and releases the arrays that it used. */
  private void forEachGroup(IntFunction<INDArray[]> work) {
    for (int group = 0; group < groups; group++) {
      operators.release(work.apply(group));
    }
  }

  private INDArray part(INDArray array, int axis, int group) {
    return operators.copy(view(array, axis, group));
  }

  private void put(INDArray array, int axis, int group, INDArray values) {
    operators.assign(view(array, axis, group), values);
    operators.release(values);
  }

  private INDArray view(INDArray array, int axis, int group) {
    long size = array.size(axis) / groups;
    var part = NDArrayIndex.interval(group * size, (group + 1) * size);
    return axis == 0 ? array.get(part) : array.get(NDArrayIndex.all(), part);
  }

  private long[] divided(long[] sizes, int axis) {
    long[] result = sizes.clone();
    result[axis] /= groups;
    return result;
  }
}
