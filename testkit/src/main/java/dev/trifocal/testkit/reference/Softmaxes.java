package dev.trifocal.testkit.reference;

/** {@code exp(x_i) / sum exp(x)} along an axis. */
interface Softmaxes {
  /**
   * @param axis of the whole array, the batch being axis 0
   */
  static Array along(Array x, int axis) {
    return logarithms(x, axis).map(Math::exp);
  }

  /**
   * {@code x_i - log(sum exp(x))}.
   *
   * @param axis of the whole array, the batch being axis 0
   */
  static Array logarithms(Array x, int axis) {
    Lanes lanes = new Lanes(x.shape(), axis);
    Array result = Array.zeros(x.shape());
    for (int lane = 0; lane < lanes.count(); lane++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < lanes.size(); i++) {
        largest = Math.max(largest, x.values()[lanes.offset(lane, i)]);
      }
      double sum = 0;
      for (int i = 0; i < lanes.size(); i++) {
        sum += Math.exp(x.values()[lanes.offset(lane, i)] - largest);
      }
      for (int i = 0; i < lanes.size(); i++) {
        int at = lanes.offset(lane, i);
        result.values()[at] = x.values()[at] - largest - Math.log(sum);
      }
    }
    return result;
  }
}
