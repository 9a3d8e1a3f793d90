package dev.trifocal.testkit.reference;

import dev.trifocal.layer.Affine;
import dev.trifocal.layer.Dropout;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.DropoutMask;
import java.util.function.DoubleBinaryOperator;

/** Element by element; an axis of size 1 is repeated to the size of the other input's. */
interface Elementwise {
  static Array fold(Site site, DoubleBinaryOperator operator) {
    Array result = site.input();
    for (Array other : site.inputs().subList(1, site.inputs().size())) {
      result = combine(result, other, operator);
    }
    return result;
  }

  static Array affine(Affine layer, Array x) {
    return Array.fill(
        x.shape(),
        i -> {
          int c = layer.scale().size() == 1 ? 0 : Channels.of(x, i);
          return x.values()[i] * layer.scale().get(c) + layer.shift().get(c);
        });
  }

  static Array pRelu(Site site) {
    Array x = site.input();
    double[] slopes = site.weight("weight").values();
    return Array.fill(
        x.shape(),
        i -> {
          double slope = slopes.length == 1 ? slopes[0] : slopes[Channels.of(x, i)];
          return x.values()[i] > 0 ? x.values()[i] : slope * x.values()[i];
        });
  }

  static Array dropout(Dropout layer, Site site) {
    if (site.training().isEmpty()) {
      return site.input();
    }
    Training training = site.training().get();
    Array mask =
        Array.of(
            DropoutMask.of(
                training.seed(),
                training.step(),
                site.node().path(),
                layer.p(),
                site.input().shape()));
    return combine(site.input(), mask, (x, m) -> x * m);
  }

  private static Array combine(Array a, Array b, DoubleBinaryOperator operator) {
    Shape shape = a.shape();
    for (int axis = 0; axis < shape.rank(); axis++) {
      shape = shape.with(axis, Math.max(a.shape().size(axis), b.shape().size(axis)));
    }
    Shape whole = shape;
    return Array.fill(
        whole,
        i ->
            operator.applyAsDouble(
                a.values()[repeated(whole, a.shape(), i)],
                b.values()[repeated(whole, b.shape(), i)]));
  }

  /** Where the element stands that is repeated at place {@code i} of the whole. */
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
