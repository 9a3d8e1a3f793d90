package dev.trifocal.backend.dl4j;

import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs no operator and determines the temporary memory that one would take at most. Convolutions
 * compute in layouts of oneDNN, into which they copy what they read, and from which they copy what
 * they write.
 */
final class WorkspaceObserver implements CallObserver {
  private static final Set<String> CONVOLUTIONS = Set.of("conv2d", "deconv2d", "depthwise_conv2d");

  /** Channels of images are padded to a multiple of this number. */
  private static final long CHANNELS = 8;

  private final WinogradTransform transform;
  private long largest;

  WorkspaceObserver(WinogradTransform transform) {
    this.transform = transform;
  }

  /** Returns the largest temporary memory so far, in bytes. */
  long largest() {
    return largest * Float.BYTES;
  }

  @Override
  public void call(String operator, List<INDArray> arrays, Runnable call) {
    if (CONVOLUTIONS.contains(operator)) {
      add(arrays.stream().mapToLong(WorkspaceObserver::inBlocks).sum());
    } else if (operator.equals("conv2d_bp")) {
      add(copies(arrays) + transformed(arrays.get(0), arrays.get(1), arrays.get(2)));
    } else if (operator.equals("depthwise_conv2d_bp")) {
      add(copies(arrays));
    }
  }

  private void add(long values) {
    largest = Math.max(largest, values);
  }

  /** Returns the copies for both gradients of a convolution: each has its own operator. */
  private static long copies(List<INDArray> arrays) {
    return 2 * (inBlocks(arrays.get(0)) + arrays.get(1).length() + inBlocks(arrays.get(2)));
  }

  private long transformed(INDArray input, INDArray weight, INDArray gradient) {
    return transform.values(input.shape(), weight.shape(), gradient.shape());
  }

  private static long inBlocks(INDArray array) {
    long channels = array.size(1);
    return array.length() / channels * ((channels + CHANNELS - 1) / CHANNELS * CHANNELS);
  }
}
