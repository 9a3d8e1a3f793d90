package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;

/**
 * The order in which arrays lie in PyTorch's memory. Those of four axes, images and the kernels of
 * convolutions, have their channels last ({@code torch.channels_last}): PyTorch's operators for
 * images compute that faster, and their results are laid out in the same way. Neither shapes nor
 * values that are read back show it.
 */
final class MemoryLayout {
  private static final int IMAGES = 4;
  private static final long[] TO_LAST = {0, 2, 3, 1};
  private static final long[] FROM_LAST = {0, 3, 1, 2};
  private static final long[] ONCE = {1, 1, 1, 1};

  private MemoryLayout() {}

  /** Returns a copy. */
  static PtNDArray copy(PtNDArray array) {
    if (!isImages(array)) {
      return JniUtils.clone(array);
    }
    // A repetition lies in the order of its axes; a clone would keep that of the original.
    try (PtNDArray seen = JniUtils.permute(array, TO_LAST);
        PtNDArray last = JniUtils.tile(seen, ONCE)) {
      return JniUtils.permute(last, FROM_LAST);
    }
  }

  /** Copies the elements of an array in the order of its axes. */
  static void read(PtNDArray array, FloatBuffer target) {
    if (isImages(array)) {
      try (PtNDArray inOrder = JniUtils.tile(array, ONCE)) {
        target.put(inOrder.toByteBuffer(true).asFloatBuffer());
      }
    } else {
      target.put(array.toByteBuffer(true).asFloatBuffer());
    }
  }

  /**
   * Returns the elements of a {@linkplain #copy copy}, or of its gradient, in the order in which
   * they lie in memory. The buffer shares this memory.
   */
  static FloatBuffer memory(PtNDArray array) {
    PtNDArray inOrder = isImages(array) ? JniUtils.permute(array, TO_LAST) : array;
    return inOrder.toByteBuffer(true).asFloatBuffer();
  }

  private static boolean isImages(PtNDArray array) {
    return array.getShape().dimension() == IMAGES;
  }
}
