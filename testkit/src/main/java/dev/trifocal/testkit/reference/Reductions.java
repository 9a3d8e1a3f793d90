package dev.trifocal.testkit.reference;

import dev.trifocal.layer.BatchReduce;
import dev.trifocal.layer.Reduce;
import dev.trifocal.layer.Reduce.Reduction;
import dev.trifocal.shape.Shape;

/** Many elements made one, axis after axis. */
interface Reductions {
  static Array reduce(Reduce layer, Array x) {
    Array result = x;
    for (int axis : layer.axes()) {
      result = along(layer.reduction(), result, axis + 1);
    }
    return result;
  }

  static Array batchReduce(BatchReduce layer, Array x) {
    return along(layer.reduction(), x, 0);
  }

  private static Array along(Reduction reduction, Array x, int axis) {
    Lanes lanes = new Lanes(x.shape(), axis);
    Shape shape = x.shape().with(axis, 1);
    return Array.fill(
        shape,
        lane -> {
          double result = x.values()[lanes.offset(lane, 0)];
          for (int i = 1; i < lanes.size(); i++) {
            double value = x.values()[lanes.offset(lane, i)];
            result =
                switch (reduction) {
                  case SUM, MEAN -> result + value;
                  case MAX -> Math.max(result, value);
                  case MIN -> Math.min(result, value);
                };
          }
          return reduction == Reduction.MEAN ? result / lanes.size() : result;
        });
  }
}
