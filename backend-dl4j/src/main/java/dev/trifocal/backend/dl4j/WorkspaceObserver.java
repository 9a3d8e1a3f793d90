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
  private static final Set<String> GRADIENTS = Set.of("conv2d_bp", "depthwise_conv2d_bp");

  /** Channels of images are padded to a multiple of this number. */
  private static final long CHANNELS = 8;

  /** The kernel for which oneDNN computes weight gradients with Winograd's transform. */
  private static final int TRANSFORMED_KERNEL = 3;

  /** The elements of a transformed kernel, {@code 6 * 6}, in place of {@code 3 * 3}. */
  private static final int TRANSFORM = 4;

  /**
   * The memory that copies take: once they are freed, what comes next does not fill it completely.
   * Measured by {@code benchmarks/step-memory}, on average over its networks.
   */
  private static final double GAPS = 1.6;

  private final int threads;
  private long largest;

  /**
   * Creates an observer.
   *
   * @param threads threads of an operator, each of which has its part of a weight gradient
   */
  WorkspaceObserver(int threads) {
    this.threads = threads;
  }

  /** Returns the largest temporary memory so far, in bytes. */
  long largest() {
    return largest * Float.BYTES;
  }

  @Override
  public void call(String operator, List<INDArray> arrays, Runnable call) {
    if (CONVOLUTIONS.contains(operator)) {
      add(arrays.stream().mapToLong(WorkspaceObserver::inBlocks).sum(), 0);
    } else if (GRADIENTS.contains(operator)) {
      ofGradients(arrays.get(0), arrays.get(1), arrays.get(2));
    }
  }

  private void add(long copies, long scratch) {
    largest = Math.max(largest, Math.round(copies * GAPS) + scratch);
  }

  /** Adds both gradients of a convolution: each has its own operator. */
  private void ofGradients(INDArray input, INDArray weight, INDArray gradient) {
    long copies = 2 * (inBlocks(input) + inBlocks(gradient) + weight.length());
    boolean transformed =
        weight.size(2) == TRANSFORMED_KERNEL
            && weight.size(1) >= CHANNELS
            && 2 * gradient.size(2) > input.size(2) + 1;
    add(copies, transformed ? copies + ((threads + 1L) * TRANSFORM - 1) * weight.length() : 0);
  }

  private static long inBlocks(INDArray array) {
    long channels = array.size(1);
    return array.length() / channels * ((channels + CHANNELS - 1) / CHANNELS * CHANNELS);
  }
}
