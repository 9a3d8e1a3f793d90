package dev.trifocal.testkit.reference;

import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Slice;
import dev.trifocal.layer.Transpose;
import dev.trifocal.shape.Shape;

/** Elements that only change their place. */
interface Arrangements {
  /** Inputs one after another. */
  static Array concat(Concat layer, Site site) {
    int axis = layer.axis() + 1;
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

  static Array slice(Slice layer, Site site) {
    Array result = site.output();
    Lanes from = new Lanes(site.input().shape(), layer.axis() + 1);
    Lanes to = new Lanes(result.shape(), layer.axis() + 1);
    for (int lane = 0; lane < to.count(); lane++) {
      for (int i = 0; i < to.size(); i++) {
        int place = from.offset(lane, layer.start() + i * layer.step());
        result.values()[to.offset(lane, i)] = site.input().values()[place];
      }
    }
    return result;
  }

  static Array transpose(Transpose layer, Site site) {
    Shape from = site.input().shape();
    Shape to = site.outputShape();
    return Array.fill(
        to,
        i -> {
          int[] place = new int[to.rank()];
          int rest = i;
          for (int axis = to.rank() - 1; axis >= 0; axis--) {
            int source = axis == 0 ? 0 : layer.order().get(axis - 1) + 1;
            place[source] = rest % to.size(axis);
            rest /= to.size(axis);
          }
          int offset = 0;
          for (int axis = 0; axis < from.rank(); axis++) {
            offset = offset * from.size(axis) + place[axis];
          }
          return site.input().values()[offset];
        });
  }

  /** One sample for all of the batch. */
  static Array repeat(Array sample, Site site) {
    int elements = sample.values().length;
    return Array.fill(site.outputShape(), i -> sample.values()[i % elements]);
  }
}
