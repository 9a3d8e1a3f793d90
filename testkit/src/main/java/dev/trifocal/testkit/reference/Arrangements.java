package dev.trifocal.testkit.reference;

/** Elements that only change their place. */
interface Arrangements {
  /**
   * Inputs one after another.
   *
   * @param axis of the whole array, the batch being axis 0
   */
  static Array concat(Site site, int axis) {
    Array result = site.output();
    Lanes to = new Lanes(result.shape(), axis);
    int first = 0;
    for (Array part : site.inputs()) {
      Lanes from = new Lanes(part.shape(), axis);
      for (int lane = 0; lane < from.count(); lane++) {
        for (int i = 0; i < from.size(); i++) {
          result.values()[to.offset(lane, first + i)] = part.values()[from.offset(lane, i)];
        }
      }
      first += from.size();
    }
    return result;
  }
}
