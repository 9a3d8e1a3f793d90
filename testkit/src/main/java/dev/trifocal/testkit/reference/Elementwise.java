package dev.trifocal.testkit.reference;

import dev.trifocal.layer.Affine;
import dev.trifocal.layer.Dropout;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.DropoutMask;
import java.util.function.DoubleBinaryOperator;

/** Elementwise layers; axes of size 1 broadcast. */
final class Elementwise {
  private Elementwise() {}

  static ReferenceArray fold(NodeContext context, DoubleBinaryOperator operator) {
    ReferenceArray result = context.input();
    for (ReferenceArray other : context.inputs().subList(1, context.inputs().size())) {
      result = combine(result, other, operator);
    }
    return result;
  }

  static ReferenceArray affine(Affine layer, ReferenceArray x) {
    return ReferenceArray.fill(
        x.shape(),
        i -> {
          int c = layer.scale().size() == 1 ? 0 : Channels.of(x, i);
          return x.values()[i] * layer.scale().get(c) + layer.shift().get(c);
        });
  }

  static ReferenceArray pRelu(NodeContext context) {
    ReferenceArray x = context.input();
    double[] slopes = context.weight("weight").values();
    return ReferenceArray.fill(
        x.shape(),
        i -> {
          double slope = slopes.length == 1 ? slopes[0] : slopes[Channels.of(x, i)];
          return x.values()[i] > 0 ? x.values()[i] : slope * x.values()[i];
        });
  }

  static ReferenceArray dropout(Dropout layer, NodeContext context) {
    if (context.training().isEmpty()) {
      return context.input();
    }
    TrainingStep training = context.training().get();
    ReferenceArray mask =
        ReferenceArray.of(
            DropoutMask.of(
                training.seed(),
                training.step(),
                context.node().path(),
                layer.p(),
                context.input().shape()));
    return combine(context.input(), mask, (x, m) -> x * m);
  }

  private static ReferenceArray combine(
      ReferenceArray a, ReferenceArray b, DoubleBinaryOperator operator) {
    Shape shape = a.shape();
    for (int axis = 0; axis < shape.rank(); axis++) {
      shape = shape.with(axis, Math.max(a.shape().size(axis), b.shape().size(axis)));
    }
    Shape whole = shape;
    return ReferenceArray.fill(
        whole,
        i ->
            operator.applyAsDouble(
                a.values()[repeated(whole, a.shape(), i)],
                b.values()[repeated(whole, b.shape(), i)]));
  }

  /** Returns the index of the element that is repeated at index {@code i} of the whole. */
  private static int repeated(Shape whole, Shape part, int i) {
    int result = 0;
    int rest = i;
    int step = 1;
    for (int axis = whole.rank() - 1; axis >= 0; axis--) {
      int place = rest % whole.size(axis);
      result += part.size(axis) == 1 ? 0 : place * step;
      rest /= whole.size(axis);
      step *= part.size(axis);
    }
    return result;
  }
}
