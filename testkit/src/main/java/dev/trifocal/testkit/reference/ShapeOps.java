package dev.trifocal.testkit.reference;

import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Slice;
import dev.trifocal.layer.Transpose;
import dev.trifocal.shape.Shape;

/** Layers that only move or copy elements. */
final class ShapeOps {
  private ShapeOps() {}

  /** Concatenates the inputs. */
  static ReferenceArray concat(Concat layer, NodeContext context) {
    int axis = layer.axis() + 1;
    ReferenceArray result = context.output();
    AxisLines to = new AxisLines(result.shape(), axis);
    int first = 0;
    for (ReferenceArray part : context.inputs()) {
      AxisLines from = new AxisLines(part.shape(), axis);
      for (int lane = 0; lane < from.count(); lane++) {
        for (int i = 0; i < from.size(); i++) {
          result.values()[to.offset(lane, first + i)] = part.values()[from.offset(lane, i)];
        }
      }
      first += from.size();
    }
    return result;
  }

  static ReferenceArray slice(Slice layer, NodeContext context) {
    ReferenceArray result = context.output();
    AxisLines from = new AxisLines(context.input().shape(), layer.axis() + 1);
    AxisLines to = new AxisLines(result.shape(), layer.axis() + 1);
    for (int lane = 0; lane < to.count(); lane++) {
      for (int i = 0; i < to.size(); i++) {
        int place = from.offset(lane, layer.start() + i * layer.step());
        result.values()[to.offset(lane, i)] = context.input().values()[place];
      }
    }
    return result;
  }

  static ReferenceArray transpose(Transpose layer, NodeContext context) {
    Shape from = context.input().shape();
    Shape to = context.outputShape();
    return ReferenceArray.fill(
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
          return context.input().values()[offset];
        });
  }

  /** Repeats a sample over the batch. */
  static ReferenceArray repeat(ReferenceArray sample, NodeContext context) {
    int elements = sample.values().length;
    return ReferenceArray.fill(context.outputShape(), i -> sample.values()[i % elements]);
  }
}
