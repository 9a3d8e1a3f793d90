package dev.trifocal.testkit;

import static dev.trifocal.layer.Layer.abs;
import static dev.trifocal.layer.Layer.exp;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.log;
import static dev.trifocal.layer.Layer.power;
import static dev.trifocal.layer.Layer.reshape;
import static dev.trifocal.layer.Layer.sqrt;
import static dev.trifocal.layer.Layer.tanh;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Activation;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Arithmetic functions, quotients and scalar samples. */
final class ArithmeticCases {
  private ArithmeticCases() {}

  static List<LayerCase> all() {
    return Stream.of(functions(), quotients(), numbers(), single()).flatMap(List::stream).toList();
  }

  private static List<LayerCase> functions() {
    return List.of(
        function("exp", exp()),
        function("log", log()),
        function("sqrt", sqrt()),
        function("abs", abs()),
        function("abs_at_zero", abs()),
        function("power_2", power(2)),
        function("power_3", power(3)),
        function("power_1", power(1)),
        function("power_of_a_fraction", power(1.7)),
        function("power_of_a_half", power(0.5)),
        function("power_minus_1", power(-1)),
        LayerCase.of("power_minus_1.5_of_a_vector", power(-1.5), 7).batch(3),
        of("power_0_added", Shape.of(3, 4, 5), x -> x.power(0).plus(x)));
  }

  private static List<LayerCase> quotients() {
    Shape image = Shape.of(3, 4, 5);
    Shape channels = Shape.of(3, 1, 1);
    return List.of(
        quotient("", image, image).batch(3),
        quotient("_broadcast_channels", image, channels),
        quotient("_broadcast_channels_first", channels, image),
        quotient("_broadcast_both_sides", Shape.of(3, 1, 5), Shape.of(1, 4, 1)),
        quotient("_broadcast_matrices", Shape.of(4, 1), Shape.of(1, 5)),
        of("divide_by_own_sum", image, x -> x.dividedBy(x.sum(0))),
        of("divide_by_own_square", Shape.of(6), x -> x.dividedBy(x.square().plus(1))));
  }

  private static List<LayerCase> numbers() {
    Shape one = Shape.of();
    return List.of(
        number("exp", Value::exp),
        number("clip", x -> x.clip(-0.5, 0.5)),
        number("affine", x -> x.times(-2.5).plus(0.75)),
        numbers("add", 3, in -> in.get(0).plus(in.get(1), in.get(2))),
        numbers("subtract", 2, in -> in.get(0).minus(in.get(1))),
        numbers("multiply", 2, in -> in.get(0).times(in.get(1))),
        numbers("divide", 2, in -> in.get(0).dividedBy(in.get(1))),
        number("reshaped", x -> x.then(tanh()).then(reshape(1, 1))),
        number("flattened", x -> x.then(flatten())),
        number("sum_of_the_batch", x -> x.square().batchSum()),
        number("mean_of_the_batch", x -> x.square().batchMean()),
        LayerCase.built(
                "number_learned",
                List.of(one),
                (d, in) ->
                    in.get(0).times(d.learned(LayerCase.LAYER, one, new Initializer.Normal(0, 1))))
            .batch(3));
  }

  private static List<LayerCase> single() {
    return List.of(
        of("affine_one_number", Shape.of(3, 4, 5), x -> x.times(-2.5).plus(0.75)),
        of("affine_one_factor", Shape.of(4, 5), x -> x.times(0.3)),
        of("reshape_to_a_number", Shape.of(1, 1), x -> x.then(reshape()).then(tanh())));
  }

  private static LayerCase function(String name, Activation layer) {
    return LayerCase.of(name, layer, 3, 4, 5);
  }

  private static LayerCase quotient(String name, Shape first, Shape second) {
    return LayerCase.of(
        "divide" + name, List.of(first, second), in -> in.get(0).dividedBy(in.get(1)));
  }

  private static LayerCase number(String name, UnaryOperator<Value> body) {
    return numbers(name, 1, in -> body.apply(in.get(0)));
  }

  private static LayerCase numbers(String name, int count, Function<List<Value>, Value> body) {
    return LayerCase.of("number_" + name, Collections.nCopies(count, Shape.of()), body).batch(3);
  }

  private static LayerCase of(String name, Shape sample, UnaryOperator<Value> body) {
    return LayerCase.of(name, List.of(sample), in -> body.apply(in.get(0)));
  }
}
