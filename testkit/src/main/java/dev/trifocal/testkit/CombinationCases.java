package dev.trifocal.testkit;

import dev.trifocal.layer.Affine;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.stream.Stream;

/** Layers on vectors, mode-dependent layers, layers with several inputs, and values used twice. */
final class CombinationCases {
  private CombinationCases() {}

  static List<LayerCase> all() {
    return Stream.of(vectors(), modes(), sums(), products(), concats())
        .flatMap(List::stream)
        .toList();
  }

  private static List<LayerCase> vectors() {
    return List.of(
        LayerCase.of("dense", Layer.dense(5), 7).batch(3),
        LayerCase.of("dense_without_bias", Layer.dense(4).withoutBias(), 6),
        LayerCase.of("dense_33", Layer.dense(18), 33),
        LayerCase.of("dense_frozen", Layer.dense(4), 6).freeze(),
        LayerCase.of("flatten", Layer.flatten(), 3, 4, 5).batch(3),
        LayerCase.of("flatten_of_a_vector", Layer.flatten(), 5),
        LayerCase.of(
            "flatten_dense",
            List.of(Shape.of(2, 3, 4)),
            in -> in.get(0).then(Layer.flatten()).then(LayerCase.LAYER, Layer.dense(5))),
        LayerCase.of("softmax", Layer.softmax(), 6).batch(3),
        LayerCase.of("softmax_of_an_image", Layer.softmax(), 4, 3, 5),
        LayerCase.of("softmax_far", Layer.softmax(), 5),
        LayerCase.of("log_softmax", Layer.logSoftmax(), 6).batch(3),
        LayerCase.of("log_softmax_of_an_image", Layer.logSoftmax(), 4, 3, 5),
        LayerCase.of("log_softmax_far", Layer.logSoftmax(), 5),
        LayerCase.of("log_softmax_far_apart", Layer.logSoftmax(), 7).batch(3));
  }

  private static List<LayerCase> modes() {
    return List.of(
        LayerCase.of("batch_norm", Layer.batchNorm(), 3, 4, 5),
        LayerCase.of("batch_norm_of_a_vector", Layer.batchNorm(), 4).batch(3),
        LayerCase.of("batch_norm_epsilon_and_momentum", new BatchNorm(0.01, 0.3), 2, 3, 4).batch(3),
        LayerCase.of("batch_norm_frozen", Layer.batchNorm(), 3, 4, 5).freeze(),
        LayerCase.of("batch_norm_far_from_zero", Layer.batchNorm(), 2, 4, 5),
        LayerCase.of("dropout", Layer.dropout(0.3), 3, 4, 5),
        LayerCase.of("dropout_of_a_vector", Layer.dropout(0.5), 40),
        LayerCase.of("dropout_of_nothing", Layer.dropout(0), 8));
  }

  private static List<LayerCase> sums() {
    Shape image = Shape.of(3, 4, 5);
    Affine affine = new Affine(List.of(0.5f, -2f, 1.25f), List.of(0.1f, -0.3f, 2f));
    return List.of(
        LayerCase.of("add", List.of(image, image), in -> in.get(0).plus(in.get(1))),
        LayerCase.of(
            "add_three", List.of(image, image, image), in -> in.get(0).plus(in.get(1), in.get(2))),
        LayerCase.of(
            "add_of_vectors", List.of(Shape.of(5), Shape.of(5)), in -> in.get(0).plus(in.get(1))),
        LayerCase.of("add_to_itself", List.of(image), in -> in.get(0).plus(in.get(0))),
        LayerCase.of(
            "add_to_own_activation",
            List.of(image),
            in -> in.get(0).plus(in.get(0).then(Layer.tanh()))),
        LayerCase.of("affine", affine, 3, 4, 5),
        LayerCase.of("affine_of_a_vector", affine, 3));
  }

  private static List<LayerCase> products() {
    Shape image = Shape.of(3, 4, 5);
    return List.of(
        LayerCase.of("multiply", List.of(image, image), in -> in.get(0).times(in.get(1))).batch(3),
        LayerCase.of(
            "multiply_by_a_gate",
            List.of(image, Shape.of(3, 1, 1)),
            in -> in.get(0).times(in.get(1))),
        LayerCase.of("multiply_by_itself", List.of(image), in -> in.get(0).times(in.get(0))),
        LayerCase.of(
            "multiply_of_vectors",
            List.of(Shape.of(5), Shape.of(5)),
            in -> in.get(0).times(in.get(1))),
        LayerCase.of(
            "squeeze_excite",
            List.of(image),
            in -> in.get(0).times(in.get(0).then(Layer.globalAvgPool()).then(Layer.sigmoid()))));
  }

  private static List<LayerCase> concats() {
    return List.of(
        LayerCase.of(
            "concat",
            List.of(Shape.of(2, 4, 5), Shape.of(3, 4, 5)),
            in -> in.get(0).concat(in.get(1))),
        LayerCase.of(
                "concat_three",
                List.of(Shape.of(2, 3, 5), Shape.of(1, 3, 5), Shape.of(3, 3, 5)),
                in -> in.get(0).concat(in.get(1), in.get(2)))
            .batch(3),
        LayerCase.of(
            "concat_of_vectors",
            List.of(Shape.of(3), Shape.of(4)),
            in -> in.get(0).concat(in.get(1))),
        LayerCase.of(
            "concat_with_itself", List.of(Shape.of(2, 3, 4)), in -> in.get(0).concat(in.get(0))));
  }
}
