package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;

/** What ONNX Runtime's convolutions of plain images take for the patches of an image, in bytes. */
final class ConvolutionWorkspace {
  private static final int AXES = 4;

  /** The part of the patches that a thread expands at a time, in bytes. */
  private static final long PART = 128L * 128 * Float.BYTES;

  /** The multiplications that are worth another thread. */
  private static final long WORK_OF_A_THREAD = 64L * 1024;

  /** Threads get multiples of this number of pixels. */
  private static final long PIXELS_AT_ONCE = 16;

  private ConvolutionWorkspace() {}

  /**
   * Returns the workspace of a convolution ({@code MlasConvPrepare}): nothing if the image is its
   * own patches, all patches if there are more filters than a result has pixels, and otherwise a
   * part of them in each thread.
   */
  static long ofConvolution(NodeProto node, OptimisedStep step) {
    List<Long> filters = step.value(node.getInput(1)).sizes();
    List<Long> result = step.value(node.getOutput(0)).sizes();
    if (filters.size() != AXES || result.size() != AXES) {
      return 0;
    }
    long maps = filters.get(0) / groups(node);
    long pixels = result.get(2) * result.get(3);
    long window = filters.get(2) * filters.get(3);
    long patch = filters.get(1) * window;
    boolean moves =
        NodeAttributes.of(node, "strides").anyMatch(stride -> stride != 1)
            || NodeAttributes.of(node, "pads").anyMatch(pad -> pad != 0);
    if (window == 1 && !moves) {
      return 0;
    }
    return maps > pixels
        ? pixels * patch * Float.BYTES
        : threads(maps * pixels * patch, pixels, step.threads()) * PART;
  }

  /** Returns the workspace of a transposed convolution: all patches of a result. */
  static long ofTransposedConvolution(NodeProto node, OptimisedStep step) {
    List<Long> image = step.value(node.getInput(0)).sizes();
    List<Long> filters = step.value(node.getInput(1)).sizes();
    if (filters.size() != AXES || image.size() != AXES) {
      return 0;
    }
    long patch = filters.get(1) * filters.get(2) * filters.get(3);
    return image.get(2) * image.get(3) * patch * Float.BYTES;
  }

  private static long groups(NodeProto node) {
    return NodeAttributes.of(node, "group").findFirst().orElse(1);
  }

  private static long threads(long multiplications, long pixels, int available) {
    long threads = Math.min(multiplications / WORK_OF_A_THREAD + 1, available);
    if (threads == 1) {
      return 1;
    }
    long share = roundUp(roundUp(pixels, threads) / threads, PIXELS_AT_ONCE);
    if (share >= pixels) {
      return 1;
    }
    return share * (threads - 1) >= pixels ? threads - 1 : threads;
  }

  private static long roundUp(long number, long multiple) {
    return (number + multiple - 1) / multiple * multiple;
  }
}
