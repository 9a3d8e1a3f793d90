package dev.trifocal.testkit;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.reshape;
import static dev.trifocal.layer.Layer.sigmoid;
import static dev.trifocal.layer.Layer.slice;
import static dev.trifocal.layer.Layer.softmax;
import static dev.trifocal.layer.Layer.tanh;
import static dev.trifocal.layer.Layer.transpose;

import dev.trifocal.graph.Value;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Values of the whole batch: alone, combined with samples, and as inputs of other layers. */
final class BatchCases {
  static final Shape IMAGE = Shape.of(3, 4, 5);
  static final Shape VECTOR = Shape.of(5);

  private BatchCases() {}

  static List<LayerCase> all() {
    return Stream.of(alone(), meetings(), readers(), totals()).flatMap(List::stream).toList();
  }

  private static List<LayerCase> alone() {
    return List.of(
        of("sum", IMAGE, Value::batchSum),
        of("mean", VECTOR, Value::batchMean),
        of("mean_of_one", VECTOR, Value::batchMean).batch(1),
        of("mean_of_its_mean", Shape.of(4, 2), x -> x.batchMean().batchMean()));
  }

  private static List<LayerCase> meetings() {
    Shape channels = Shape.of(3, 1, 1);
    Shape four = Shape.of(4);
    return List.of(
        two("added", IMAGE, IMAGE, (x, y) -> x.plus(y.batchMean())),
        two("added_first", VECTOR, VECTOR, (x, y) -> x.batchMean().plus(y)),
        LayerCase.of(
                "batch_added_in_the_middle",
                List.of(four, four, four),
                in -> in.get(0).plus(in.get(1).batchSum(), in.get(2)))
            .batch(3),
        two("added_along_axes", channels, Shape.of(1, 4, 5), (x, y) -> x.batchMean().plus(y)),
        two(
            "rows_added",
            Shape.of(4, 1),
            Shape.of(1, 3),
            (x, y) -> x.batchMean().plus(y.batchSum())),
        of("centred", IMAGE, x -> x.minus(x.batchMean())),
        two("gate", IMAGE, channels, (x, y) -> x.times(y.batchMean().then(sigmoid()))),
        two("gate_first", VECTOR, VECTOR, (x, y) -> x.batchSum().times(y)),
        two("divided", VECTOR, VECTOR, (x, y) -> x.dividedBy(y.batchSum())),
        two("divided_first", IMAGE, channels, (x, y) -> x.batchMean().dividedBy(y)),
        of("share", VECTOR, x -> x.exp().dividedBy(x.exp().batchSum())));
  }

  private static List<LayerCase> readers() {
    return List.of(
        two(
            "mean_convolved",
            IMAGE,
            Shape.of(2, 1, 1),
            (x, y) -> x.batchMean().then(LayerCase.LAYER, conv(2, 3)).plus(y)),
        of(
            "mean_dense",
            VECTOR,
            x -> x.batchMean().then(LayerCase.LAYER, dense(4)).then(softmax())),
        of(
            "mean_pooled",
            Shape.of(2, 4, 6),
            x ->
                x.batchMean()
                    .then(maxPool(2))
                    .then(flatten())
                    .then(reshape(4, 3))
                    .then(slice(0, 1, 4))
                    .then(transpose(1, 0))),
        of("mean_normalised", IMAGE, x -> x.batchMean().then(LayerCase.LAYER, batchNorm())),
        of("mean_dropped", Shape.of(20), x -> x.batchMean().then(LayerCase.LAYER, dropout(0.4))));
  }

  private static List<LayerCase> totals() {
    Shape four = Shape.of(4);
    return List.of(
        of("mean_of_everything", IMAGE, x -> x.square().mean()),
        of("sum_of_everything", Shape.of(4, 5), x -> x.then(tanh()).sum()),
        two("quotient_of_sums", four, four, (x, y) -> x.times(y).sum().dividedBy(y.sum().plus(1))),
        of("normalised_by_hand", Shape.of(3, 4), BatchCases::normalised));
  }

  private static Value normalised(Value x) {
    Value centred = x.minus(x.batchMean());
    return centred.dividedBy(centred.square().batchMean().plus(0.1).sqrt());
  }

  private static LayerCase of(String name, Shape sample, UnaryOperator<Value> body) {
    return LayerCase.of("batch_" + name, List.of(sample), in -> body.apply(in.get(0))).batch(3);
  }

  private static LayerCase two(String name, Shape first, Shape second, BinaryOperator<Value> body) {
    return LayerCase.of(
            "batch_" + name, List.of(first, second), in -> body.apply(in.get(0), in.get(1)))
        .batch(3);
  }
}
