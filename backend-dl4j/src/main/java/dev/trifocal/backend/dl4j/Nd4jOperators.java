package dev.trifocal.backend.dl4j;

import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Calls operators whose results are allocated in a {@link BufferPool}. Every result has one owner,
 * the caller; arguments keep theirs.
 *
 * @param observer makes the calls
 */
record Nd4jOperators(BufferPool memory, CallObserver observer) {

  /** Prepares a call of an ND4J operator. */
  OperatorCall call(String operator, INDArray... inputs) {
    return new OperatorCall(this, operator, inputs);
  }

  /** Evaluates a formula and releases its intermediate results. */
  INDArray compute(Function<Dl4jArithmetic, INDArray> formula) {
    try (Dl4jArithmetic steps = new Dl4jArithmetic(this)) {
      return memory.share(formula.apply(steps));
    }
  }

  /** Reduces an array over some axes, which are kept with size 1. */
  INDArray reduce(String operator, INDArray array, int... axes) {
    long[] sizes = array.shape().clone();
    for (int axis : axes) {
      sizes[axis] = 1;
    }
    return call(operator, array).integers(axes).reals(1).into(sizes);
  }

  INDArray filled(double value, long... sizes) {
    INDArray result = memory.take(sizes);
    fill(result, value);
    return result;
  }

  /** Returns a copy in row-major order; the argument may be a view with any strides. */
  INDArray copy(INDArray array) {
    INDArray result = memory.take(array.shape());
    assign(result, array);
    return result;
  }

  void fill(INDArray array, double value) {
    observer.call("fill", List.of(array), () -> array.assign(value));
  }

  /** Copies the elements of an array to another one; both may be views with any strides. */
  void assign(INDArray to, INDArray from) {
    observer.call("assign", List.of(from, to), () -> to.assign(from));
  }

  void release(INDArray... arrays) {
    for (INDArray array : arrays) {
      memory.release(array);
    }
  }
}
