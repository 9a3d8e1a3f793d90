package dev.trifocal.testkit;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.reduce;
import static dev.trifocal.layer.Layer.tanh;

import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Reduce.Reduction;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;
import java.util.stream.Stream;

/** Inputs that broadcast along axes, learnable inputs, and several outputs. */
final class BroadcastCases {
  private BroadcastCases() {}

  static List<LayerCase> all() {
    return Stream.of(sums(), products(), sources(), outputs()).flatMap(List::stream).toList();
  }

  private static List<LayerCase> sums() {
    Shape image = Shape.of(3, 4, 5);
    Shape channels = Shape.of(3, 1, 1);
    return List.of(
        sum("channels", image, channels),
        sum("pixels", image, Shape.of(1, 4, 5)).batch(3),
        sum("one_number", image, Shape.of(1, 1, 1)),
        sum("channels_first", channels, image),
        sum("both_sides", Shape.of(3, 1, 5), Shape.of(1, 4, 1)),
        sum("matrices", Shape.of(3, 1), Shape.of(1, 4)),
        LayerCase.of(
            "add_broadcast_three",
            List.of(channels, Shape.of(1, 4, 1), Shape.of(1, 1, 5)),
            in -> in.get(0).plus(in.get(1), in.get(2))));
  }

  private static List<LayerCase> products() {
    Shape image = Shape.of(3, 4, 5);
    return List.of(
        product("pixels", image, Shape.of(1, 4, 5)),
        product("one_number", image, Shape.of(1, 1, 1)).batch(3),
        product("rows", image, Shape.of(1, 4, 1)),
        product("channels_first", Shape.of(3, 1, 1), image),
        product("both_sides", Shape.of(3, 1, 5), Shape.of(1, 4, 1)),
        product("matrices", Shape.of(1, 5), Shape.of(4, 1)),
        LayerCase.of(
            "multiply_by_own_mean",
            List.of(image),
            in -> in.get(0).times(in.get(0).then(reduce(Reduction.MEAN, 0)))));
  }

  private static List<LayerCase> sources() {
    Shape image = Shape.of(3, 4, 5);
    return List.of(
        LayerCase.built(
                "learned_added", List.of(image), (d, in) -> in.get(0).plus(learned(d, 3, 4, 5)))
            .batch(3),
        LayerCase.built(
            "learned_channels", List.of(image), (d, in) -> in.get(0).plus(learned(d, 3, 1, 1))),
        LayerCase.built(
            "learned_gate", List.of(image), (d, in) -> learned(d, 1, 4, 5).times(in.get(0))),
        LayerCase.built(
            "learned_matrix",
            List.of(Shape.of(3, 4)),
            (d, in) -> in.get(0).matmul(learned(d, 4, 2))),
        LayerCase.built(
                "learned_frozen", List.of(image), (d, in) -> in.get(0).times(learned(d, 3, 1, 1)))
            .freeze(),
        LayerCase.built("learned_alone", List.of(), (d, in) -> learned(d, 3, 4, 5)),
        LayerCase.built(
            "learned_picture",
            List.of(),
            (d, in) -> learned(d, 2, 5, 4).then("conv", conv(3, 3)).then(tanh())),
        LayerCase.built("learned_used_twice", List.of(), (d, in) -> squared(learned(d, 2, 3))));
  }

  private static List<LayerCase> outputs() {
    return List.of(
        LayerCase.of(
                "two_inputs_two_outputs",
                List.of(Shape.of(2, 4, 5), Shape.of(3, 4, 5)),
                in -> {
                  Value trunk = in.get(0).then("side", conv(3, 3).padding(1));
                  return trunk.then(tanh()).times(in.get(1));
                })
            .tap("side"),
        LayerCase.of(
                "an_output_on_the_way_to_another",
                List.of(Shape.of(7)),
                in -> {
                  Value layer = in.get(0).then(LayerCase.LAYER, dense(4));
                  return layer.then(tanh()).plus(layer);
                })
            .tap(LayerCase.LAYER));
  }

  private static Value learned(GraphBuilder builder, int... sizes) {
    Initializer normal = new Initializer.Normal(0, 1);
    return builder.learned(LayerCase.LAYER, Shape.of(sizes), normal);
  }

  private static Value squared(Value value) {
    return value.times(value);
  }

  private static LayerCase sum(String name, Shape first, Shape second) {
    return LayerCase.of(
        "add_broadcast_" + name, List.of(first, second), in -> in.get(0).plus(in.get(1)));
  }

  private static LayerCase product(String name, Shape first, Shape second) {
    return LayerCase.of(
        "multiply_broadcast_" + name, List.of(first, second), in -> in.get(0).times(in.get(1)));
  }
}
