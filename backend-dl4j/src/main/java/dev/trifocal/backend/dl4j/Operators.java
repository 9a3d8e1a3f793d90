package dev.trifocal.backend.dl4j;

import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes arrays in one {@link Memory}. Every result has one owner, the caller; arguments stay with
 * theirs.
 */
record Operators(Memory memory) {

  /** A call of an ND4J operator. */
  Call call(String operator, INDArray... inputs) {
    return new Call(memory, operator, inputs);
  }

  /** The result of a formula; what it made on the way is released. */
  INDArray compute(Function<Formula, INDArray> formula) {
    try (Formula steps = new Formula(this)) {
      return memory.share(formula.apply(steps));
    }
  }

  INDArray filled(double value, long... sizes) {
    INDArray result = memory.take(sizes);
    result.assign(value);
    return result;
  }

  /** A copy in row-major order; the argument may be a view with any strides. */
  INDArray copy(INDArray array) {
    INDArray result = memory.take(array.shape());
    result.assign(array);
    return result;
  }

  void release(INDArray... arrays) {
    for (INDArray array : arrays) {
      memory.release(array);
    }
  }
}
