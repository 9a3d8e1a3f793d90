package dev.trifocal.backend.djl;

/**
 * The weight of a convolution in the orders that OneDNN computes with: their channels come in
 * blocks, of which the last is padded.
 *
 * <p>Where no order fits a weight exactly, it does not fit into the gap that another copy of the
 * weight has left.
 *
 * @param elements number of elements of the weight, {@code outputs * inputs * height * width}
 * @param outputs number of its output channels
 * @param inputs number of its input channels
 */
record BlockedWeight(long elements, long outputs, long inputs) {
  /**
   * Channels in a block, the smallest that processors with AVX-512 use; logged in calls of {@code
   * malloc} of Xception, whose 728 channels became 736.
   */
  private static final long BLOCK = 16;

  /** The channels of a convolution in groups are few in each, and stay as they are. */
  static BlockedWeight of(SimulatedArray weight, long outputs, long inputs, int groups) {
    return groups == 1
        ? new BlockedWeight(weight.elements(), outputs, inputs)
        : new BlockedWeight(weight.elements(), 1, 1);
  }

  /** Returns the size for the output, in bytes. */
  long forOutput() {
    return size(padded(outputs), inputs);
  }

  /** Returns the size for the gradient of the input, in bytes. */
  long forInputGradient() {
    return size(outputs, padded(inputs));
  }

  /** Returns the size for the gradient of the weight, in bytes. */
  long forWeightGradient() {
    return size(padded(outputs), padded(inputs));
  }

  private long size(long outputs, long inputs) {
    return elements / this.outputs / this.inputs * outputs * inputs * SimulatedArray.ELEMENT;
  }

  /** Fewer channels than a block has are computed in another way. */
  private static long padded(long channels) {
    return channels < BLOCK ? channels : (channels + BLOCK - 1) / BLOCK * BLOCK;
  }
}
