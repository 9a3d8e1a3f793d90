package dev.trifocal.backend.dl4j;

import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Calls operators whose results are allocated in a {@link BufferPool}. Every result has one owner,
 * the caller; arguments keep theirs.
 */
record Nd4jOperators(BufferPool memory) {

  /** Prepares a call of an ND4J operator. */
  OperatorCall call(String operator, INDArray... inputs) {
    return new OperatorCall(memory, operator, inputs);
  }

  /** Evaluates a formula and releases its intermediate results. */
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

  /** Returns a copy in row-major order; the argument may be a view with any strides. */
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
