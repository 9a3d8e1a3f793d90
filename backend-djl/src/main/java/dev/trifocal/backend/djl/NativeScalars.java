package dev.trifocal.backend.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Numbers of Java in PyTorch's own memory. DJL's {@code create}, and its {@code mul}, {@code div}
 * and {@code pow} with a number, share the memory of a buffer of Java, which the collector frees
 * while autograd still holds it for the way back.
 */
final class NativeScalars {
  private NativeScalars() {}

  /**
   * @param like whose manager and device the array gets
   */
  static PtNDArray of(PtNDArray like, float[] values, long... shape) {
    try (PtNDArray shared = (PtNDArray) like.getManager().create(values, new Shape(shape))) {
      return JniUtils.clone(shared);
    }
  }

  /** Without axes. */
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
