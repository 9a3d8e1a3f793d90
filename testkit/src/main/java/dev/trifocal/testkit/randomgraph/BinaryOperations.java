package dev.trifocal.testkit.randomgraph;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/** The operations on two values. */
final class BinaryOperations {
  private BinaryOperations() {}

  static List<GraphOperation> of(Value x, Value other) {
    List<GraphOperation> result = new ArrayList<>();
    Shape a = x.shape();
    Shape b = other.shape();
    if (a.rank() != b.rank()) {
      return result;
    }
    if (spread(a, b)) {
      result.add(() -> x.plus(other));
      // Products of products grow, but products with a fraction do not.
      result.add(() -> x.times(other.then(Layer.sigmoid())));
      result.add(() -> x.dividedBy(other.square().plus(1)));
    }
    if (x.batched() != other.batched()) {
      return result;
    }
    for (int axis = 0; axis < a.rank(); axis++) {
      int along = axis;
      if (a.with(axis, 1).equals(b.with(axis, 1))) {
        result.add(() -> joined(x, other, along));
      }
    }
    boolean stacks = a.rank() == 2 && a.size(1) == b.size(0) || a.rank() == 3 && multiply(a, b);
    if (stacks) {
      result.add(() -> x.matmul(other));
    }
    return result;
  }

  private static boolean spread(Shape a, Shape b) {
    for (int axis = 0; axis < a.rank(); axis++) {
      if (a.size(axis) != b.size(axis) && a.size(axis) != 1 && b.size(axis) != 1) {
        return false;
      }
    }
    return true;
  }

  private static boolean multiply(Shape a, Shape b) {
    return a.size(0) == b.size(0) && a.size(2) == b.size(1);
  }

  private static Value joined(Value x, Value other, int axis) {
    return x.with("joined", new Concat(axis), other);
  }
}
