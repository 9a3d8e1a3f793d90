package dev.trifocal.testkit;

import static dev.trifocal.layer.Layer.reduce;
import static dev.trifocal.layer.Layer.reshape;
import static dev.trifocal.layer.Layer.slice;
import static dev.trifocal.layer.Layer.transpose;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.LogSoftmax;
import dev.trifocal.layer.Reduce.Reduction;
import dev.trifocal.layer.Slice;
import dev.trifocal.layer.Softmax;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.stream.Stream;

/** Reshape, transpose, slice, reduce, softmax and concat along axes, and matrix products. */
final class AxisCases {
  private AxisCases() {}

  static List<LayerCase> all() {
    return Stream.of(shapes(), slices(), reductions(), softmaxes(), products())
        .flatMap(List::stream)
        .toList();
  }

  private static List<LayerCase> shapes() {
    return List.of(
        LayerCase.of("reshape_vector_to_image", reshape(2, 3, 4), 24),
        LayerCase.of("reshape_image_to_matrix", reshape(3, 20), 3, 4, 5).batch(3),
        LayerCase.of("reshape_channels", reshape(2, 6, 5), 4, 3, 5),
        LayerCase.of("reshape_to_four_axes", reshape(2, 3, 2, 2), 2, 3, 4),
        LayerCase.of("reshape_drops_ones", reshape(5), 5, 1, 1),
        LayerCase.of("transpose_channels_last", transpose(1, 2, 0), 3, 4, 5),
        LayerCase.of("transpose_channels_first", transpose(2, 0, 1), 4, 5, 3).batch(3),
        LayerCase.of("transpose_height_and_width", transpose(0, 2, 1), 2, 4, 5),
        LayerCase.of("transpose_backwards", transpose(2, 1, 0), 2, 3, 4),
        LayerCase.of("transpose_matrix", transpose(1, 0), 3, 5),
        LayerCase.of("transpose_four_axes", transpose(2, 0, 3, 1), 2, 3, 4, 5),
        LayerCase.of("transpose_nothing", transpose(0, 1, 2), 2, 3, 4),
        LayerCase.of(
            "pixel_shuffle",
            List.of(Shape.of(12, 3, 4)),
            in ->
                in.get(0)
                    .then(reshape(3, 2, 2, 3, 4))
                    .then(LayerCase.LAYER, transpose(0, 3, 1, 4, 2))
                    .then(reshape(3, 6, 8))));
  }

  private static List<LayerCase> slices() {
    return List.of(
        LayerCase.of("slice_channels", slice(0, 1, 4), 5, 3, 4),
        LayerCase.of("slice_rows", slice(1, 2, 5), 2, 6, 4).batch(3),
        LayerCase.of("slice_columns_step_2", new Slice(2, 1, 7, 2), 2, 3, 7),
        LayerCase.of("slice_rows_step_3", new Slice(1, 0, 7, 3), 2, 7, 4),
        LayerCase.of("slice_channels_step_2", new Slice(0, 0, 5, 2), 5, 2, 3),
        LayerCase.of("slice_one_row", slice(1, 2, 3), 2, 4, 5),
        LayerCase.of("slice_everything", slice(2, 0, 4), 2, 3, 4),
        LayerCase.of("slice_of_a_vector", new Slice(0, 1, 8, 3), 9),
        LayerCase.of("slice_of_a_matrix", slice(1, 1, 3), 3, 5),
        LayerCase.of(
            "slices_that_overlap",
            List.of(Shape.of(2, 5, 4)),
            in ->
                in.get(0)
                    .then(LayerCase.LAYER, slice(1, 0, 3))
                    .times(in.get(0).then(slice(1, 2, 5)))));
  }

  private static List<LayerCase> reductions() {
    return List.of(
        LayerCase.of("reduce_sum_channels", reduce(Reduction.SUM, 0), 3, 4, 5),
        LayerCase.of("reduce_sum_pixels", reduce(Reduction.SUM, 1, 2), 3, 4, 5).batch(3),
        LayerCase.of("reduce_sum_everything", reduce(Reduction.SUM, 0, 1, 2), 2, 3, 4),
        LayerCase.of("reduce_mean_rows", reduce(Reduction.MEAN, 1), 3, 4, 5),
        LayerCase.of("reduce_mean_channels_and_columns", reduce(Reduction.MEAN, 0, 2), 3, 4, 5),
        LayerCase.of("reduce_mean_of_a_vector", reduce(Reduction.MEAN, 0), 7).batch(3),
        LayerCase.of("reduce_max_columns", reduce(Reduction.MAX, 2), 3, 4, 5),
        LayerCase.of("reduce_max_channels_and_rows", reduce(Reduction.MAX, 0, 1), 3, 4, 5),
        LayerCase.of("reduce_max_ties", reduce(Reduction.MAX, 0, 2), 3, 4, 5),
        LayerCase.of("reduce_max_of_a_matrix", reduce(Reduction.MAX, 1), 4, 6),
        LayerCase.of("reduce_min_channels", reduce(Reduction.MIN, 0), 3, 4, 5),
        LayerCase.of("reduce_min_ties", reduce(Reduction.MIN, 1, 2), 3, 4, 5).batch(3),
        LayerCase.of("reduce_min_everything", reduce(Reduction.MIN, 0, 1, 2), 2, 3, 4));
  }

  private static List<LayerCase> softmaxes() {
    Shape wide = Shape.of(2, 3, 6);
    Shape matrix = Shape.of(3, 2);
    return List.of(
        LayerCase.of("softmax_rows", new Softmax(1), 2, 4, 5),
        LayerCase.of("softmax_columns", new Softmax(2), 3, 4, 5).batch(3),
        LayerCase.of("softmax_of_a_matrix", new Softmax(1), 3, 5),
        LayerCase.of("log_softmax_rows", new LogSoftmax(1), 2, 4, 5).batch(3),
        LayerCase.of("log_softmax_columns", new LogSoftmax(2), 3, 4, 5),
        LayerCase.of("log_softmax_of_a_matrix", new LogSoftmax(1), 3, 5),
        LayerCase.of(
            "concat_rows",
            List.of(Shape.of(2, 4, 6), wide),
            in -> in.get(0).with(LayerCase.LAYER, new Concat(1), in.get(1))),
        LayerCase.of(
            "concat_columns",
            List.of(wide, Shape.of(2, 3, 1), Shape.of(2, 3, 4)),
            in -> in.get(0).with(LayerCase.LAYER, new Concat(2), in.get(1), in.get(2))),
        LayerCase.of(
            "concat_of_matrices",
            List.of(matrix, Shape.of(3, 4)),
            in -> in.get(0).with(LayerCase.LAYER, new Concat(1), in.get(1))));
  }

  private static List<LayerCase> products() {
    return List.of(
        LayerCase.of("matmul", List.of(Shape.of(3, 4), Shape.of(4, 5)), AxisCases::product),
        LayerCase.of(
                "matmul_of_stacks",
                List.of(Shape.of(2, 3, 4), Shape.of(2, 4, 5)),
                AxisCases::product)
            .batch(3),
        LayerCase.of(
            "matmul_of_stacked_stacks",
            List.of(Shape.of(2, 3, 2, 4), Shape.of(2, 3, 4, 1)),
            AxisCases::product),
        LayerCase.of(
            "matmul_of_a_row_and_a_column",
            List.of(Shape.of(1, 6), Shape.of(6, 1)),
            AxisCases::product),
        LayerCase.of(
            "matmul_with_its_transpose",
            List.of(Shape.of(3, 5)),
            in -> in.get(0).matmul(in.get(0).then(transpose(1, 0)))),
        LayerCase.of(
            "attention",
            List.of(Shape.of(4, 3), Shape.of(5, 3), Shape.of(5, 2)),
            in ->
                in.get(0)
                    .matmul(in.get(1).then(transpose(1, 0)))
                    .then(new Softmax(1))
                    .matmul(in.get(2))));
  }

  private static Value product(List<Value> in) {
    return in.get(0).matmul(in.get(1));
  }
}
