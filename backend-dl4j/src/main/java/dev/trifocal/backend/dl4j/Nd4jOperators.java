package dev.trifocal.backend.dl4j;

import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes arrays in one {@link BufferPool}. Every result has one owner, the caller; arguments stay
 * with theirs.
 */
record Nd4jOperators(BufferPool memory) {

  /** A call of an ND4J operator. */
  OperatorCall call(String operator, INDArray... inputs) {
    return new OperatorCall(memory, operator, inputs);
  }

  /** The result of a formula; what it made on the way is released. */
  INDArray compute(Function<Dl4jArithmetic, INDArray> formula) {
    try (Dl4jArithmetic steps = new Dl4jArithmetic(this)) {
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
