package dev.trifocal.backend.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Creates arrays from Java numbers in PyTorch's own memory. DJL's {@code create}, and its {@code
 * mul}, {@code div} and {@code pow} with a number, share the memory of a Java buffer, which the
 * garbage collector may free while autograd still needs it for the backward pass.
 */
final class NativeScalars {
  private NativeScalars() {}

  /**
   * Returns an array of numbers.
   *
   * @param like array whose manager and device are used
   */
  static PtNDArray of(PtNDArray like, float[] values, long... shape) {
    try (PtNDArray shared = (PtNDArray) like.getManager().create(values, new Shape(shape))) {
      return JniUtils.clone(shared);
    }
  }

  /** Returns a scalar array. */
  static PtNDArray of(PtNDArray like, double value) {
    return JniUtils.full(
        like.getManager(),
        new Shape(),
        value,
        DataType.FLOAT32,
        like.getDevice(),
        SparseFormat.DENSE);
  }
}
