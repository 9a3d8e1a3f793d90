package dev.trifocal.testkit.reference;

import dev.trifocal.layer.BatchReduce;
import dev.trifocal.layer.Reduce;
import dev.trifocal.layer.Reduce.Reduction;
import dev.trifocal.shape.Shape;

/** Reductions, one axis after another. */
final class Reductions {
  private Reductions() {}

  static ReferenceArray reduce(Reduce layer, ReferenceArray x) {
    ReferenceArray result = x;
    for (int axis : layer.axes()) {
      result = along(layer.reduction(), result, axis + 1);
    }
    return result;
  }

  static ReferenceArray batchReduce(BatchReduce layer, ReferenceArray x) {
    return along(layer.reduction(), x, 0);
  }

  private static ReferenceArray along(Reduction reduction, ReferenceArray x, int axis) {
    AxisLines axisLines = new AxisLines(x.shape(), axis);
    Shape shape = x.shape().with(axis, 1);
    return ReferenceArray.fill(
        shape,
        lane -> {
          double result = x.values()[axisLines.offset(lane, 0)];
          for (int i = 1; i < axisLines.size(); i++) {
            double value = x.values()[axisLines.offset(lane, i)];
            result =
                switch (reduction) {
                  case SUM, MEAN -> result + value;
                  case MAX -> Math.max(result, value);
                  case MIN -> Math.min(result, value);
                };
          }
          return reduction == Reduction.MEAN ? result / axisLines.size() : result;
        });
  }
}
