package dev.trifocal.testkit.reference;

/** Axis 1 of an array. */
final class Channels {
  private Channels() {}

  /** Returns the channel of element {@code i} in row-major order. */
  static int of(ReferenceArray array, int i) {
    int channels = array.shape().size(1);
    int perSample = array.values().length / array.shape().size(0);
    return i % perSample / (perSample / channels);
  }
}
