package dev.trifocal.testkit.reference;

/** Softmax and log-softmax along an axis. */
final class Softmaxes {
  private Softmaxes() {}

  /**
   * Returns {@code exp(x_i) / sum exp(x)}.
   *
   * @param axis the axis of the whole array; the batch is axis 0
   */
  static ReferenceArray along(ReferenceArray x, int axis) {
    return logarithms(x, axis).map(Math::exp);
  }

  /**
   * Returns {@code x_i - log(sum exp(x))}.
   *
   * @param axis the axis of the whole array; the batch is axis 0
   */
  static ReferenceArray logarithms(ReferenceArray x, int axis) {
    AxisLines axisLines = new AxisLines(x.shape(), axis);
    ReferenceArray result = ReferenceArray.zeros(x.shape());
    for (int lane = 0; lane < axisLines.count(); lane++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < axisLines.size(); i++) {
        largest = Math.max(largest, x.values()[axisLines.offset(lane, i)]);
      }
      double sum = 0;
      for (int i = 0; i < axisLines.size(); i++) {
        sum += Math.exp(x.values()[axisLines.offset(lane, i)] - largest);
      }
      for (int i = 0; i < axisLines.size(); i++) {
        int at = axisLines.offset(lane, i);
        result.values()[at] = x.values()[at] - largest - Math.log(sum);
      }
    }
    return result;
  }
}
