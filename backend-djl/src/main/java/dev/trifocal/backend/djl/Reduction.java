package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.Reduce;
import java.util.List;

/**
 * Reductions along axes.
 *
 * @param axes axes of a sample
 */
record Reduction(PtNDArray x, List<Integer> axes) {
  /** Reduces one axis of a batch to size 1. */
  @FunctionalInterface
  private interface AlongAxis {
    PtNDArray reduce(PtNDArray x, int axis);
  }

  PtNDArray of(Reduce.Reduction reduction) {
    return switch (reduction) {
      case SUM -> sum(x);
      case MEAN -> mean();
      case MAX -> extreme((values, axis) -> JniUtils.max(values, axis, true));
      case MIN -> extreme((values, axis) -> JniUtils.min(values, axis, true));
    };
  }

  private PtNDArray mean() {
    PtNDArray sum = sum(x);
    return JniUtils.div(sum, NativeScalars.of(sum, (double) x.size() / sum.size()));
  }

  /**
   * Returns the maximum or minimum. DJL offers PyTorch's operator along one axis, whose gradient
   * goes to a single element; while gradients are recorded, the result is therefore the mean of the
   * elements that equal it.
   */
  private PtNDArray extreme(AlongAxis along) {
    PtNDArray result = x;
    for (int axis : axes) {
      result = along.reduce(result, axis + 1);
    }
    if (!JniUtils.isGradMode()) {
      return result;
    }
    PtNDArray equal = JniUtils.eq(x, JniUtils.detachGradient(result));
    PtNDArray count = sum(JniUtils.to(equal, x.getDataType(), x.getDevice()));
    PtNDArray chosen = JniUtils.where(equal, x, NativeScalars.of(x, 0));
    return JniUtils.div(sum(chosen), count);
  }

  private PtNDArray sum(PtNDArray values) {
    return JniUtils.sum(values, axes.stream().mapToLong(axis -> axis + 1).toArray(), true);
  }
}
