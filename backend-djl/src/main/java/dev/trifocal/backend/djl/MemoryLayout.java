package dev.trifocal.backend.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
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

  private MemoryLayout() {}

  /** Returns a copy. */
  static PtNDArray copy(PtNDArray array) {
    if (!isImages(array)) {
      return JniUtils.clone(array);
    }
    try (PtNDArray seen = channelsLast(array);
        PtNDArray last = inOrder(seen)) {
      return channelsFirst(last);
    }
  }

  /** Returns an array of zeros. */
  static PtNDArray zeros(PtNDManager manager, Shape shape) {
    if (shape.dimension() != IMAGES) {
      return filled(manager, shape);
    }
    Shape last = new Shape(shape.get(0), shape.get(2), shape.get(3), shape.get(1));
    try (PtNDArray zeros = filled(manager, last)) {
      return channelsFirst(zeros);
    }
  }

  private static PtNDArray filled(PtNDManager manager, Shape shape) {
    return JniUtils.createZerosNdArray(
        manager, shape, DataType.FLOAT32, manager.getDevice(), SparseFormat.DENSE);
  }

  /** Copies the elements of an array in the order of its axes. */
  static void read(PtNDArray array, FloatBuffer target) {
    if (isImages(array)) {
      try (PtNDArray ordered = inOrder(array)) {
        target.put(ordered.toByteBuffer(true).asFloatBuffer());
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
    PtNDArray ordered = isImages(array) ? channelsLast(array) : array;
    return ordered.toByteBuffer(true).asFloatBuffer();
  }

  /** Returns a view {@code [N, H, W, C]} of images {@code [N, C, H, W]}. */
  private static PtNDArray channelsLast(PtNDArray images) {
    return JniUtils.permute(images, new long[] {0, 2, 3, 1});
  }

  /** Returns a view {@code [N, C, H, W]} of images {@code [N, H, W, C]}. */
  private static PtNDArray channelsFirst(PtNDArray images) {
    return JniUtils.permute(images, new long[] {0, 3, 1, 2});
  }

  /** Returns a copy that lies in the order of its axes; a clone would lie as the original does. */
  private static PtNDArray inOrder(PtNDArray images) {
    return JniUtils.tile(images, new long[] {1, 1, 1, 1});
  }

  private static boolean isImages(PtNDArray array) {
    return array.getShape().dimension() == IMAGES;
  }
}
