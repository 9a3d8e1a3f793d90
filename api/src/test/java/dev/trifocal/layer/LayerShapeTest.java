package dev.trifocal.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayerShapeTest {
  private static final Layer AFFINE = new Affine(List.of(1f, 2f), List.of(0f, 1f));

  static Stream<Arguments> shapes() {
    return Stream.of(
        takes(new Input(Shape.of(3, 4, 5)), Shape.of(3, 4, 5)),
        takes(Layer.conv(8, 3), Shape.of(8, 5, 2), Shape.of(3, 7, 4)),
        takes(Layer.conv(8, 3).stride(2).padding(1), Shape.of(8, 4, 2), Shape.of(3, 7, 4)),
        takes(Layer.conv(8, 3).padding(0, 1, 2, 3), Shape.of(8, 7, 6), Shape.of(3, 7, 4)),
        takes(Layer.conv(8, 2).dilation(3), Shape.of(8, 4, 1), Shape.of(3, 7, 4)),
        takes(Layer.conv(8, 1).groups(4), Shape.of(8, 7, 4), Shape.of(12, 7, 4)),
        takes(Layer.dense(10), Shape.of(10), Shape.of(7)),
        takes(Layer.maxPool(2), Shape.of(3, 3, 2), Shape.of(3, 7, 4)),
        takes(Layer.maxPool(3).stride(2).ceilMode(), Shape.of(3, 4, 2), Shape.of(3, 8, 5)),
        takes(Layer.avgPool(3).stride(2).padding(1), Shape.of(3, 4, 3), Shape.of(3, 7, 5)),
        takes(Layer.globalAvgPool(), Shape.of(3, 1, 1), Shape.of(3, 7, 4)),
        takes(Layer.flatten(), Shape.of(84), Shape.of(3, 7, 4)),
        takes(Layer.flatten(), Shape.of(7), Shape.of(7)),
        takes(Layer.relu(), Shape.of(3, 7, 4), Shape.of(3, 7, 4)),
        takes(Layer.softmax(), Shape.of(3, 7, 4), Shape.of(3, 7, 4)),
        takes(Layer.dropout(0.5), Shape.of(9), Shape.of(9)),
        takes(Layer.batchNorm(), Shape.of(3, 7, 4), Shape.of(3, 7, 4)),
        takes(Layer.batchNorm(), Shape.of(9), Shape.of(9)),
        takes(new Add(), Shape.of(3, 4), Shape.of(3, 4), Shape.of(3, 4), Shape.of(3, 4)),
        takes(new Multiply(), Shape.of(3, 7, 4), Shape.of(3, 7, 4), Shape.of(3, 1, 1)),
        takes(new Multiply(), Shape.of(9), Shape.of(9), Shape.of(9)),
        takes(
            new Concat(),
            Shape.of(6, 7, 4),
            Shape.of(3, 7, 4),
            Shape.of(1, 7, 4),
            Shape.of(2, 7, 4)),
        takes(new Concat(), Shape.of(5), Shape.of(3), Shape.of(2)),
        takes(AFFINE, Shape.of(2, 7, 4), Shape.of(2, 7, 4)));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refuses(new Input(Shape.of(1)), "(Input) reads nothing, but has [5]", Shape.of(5)),
        refuses(Layer.conv(8, 3), "(Conv2d) needs an image [C, H, W], but has [5]", Shape.of(5)),
        refuses(
            Layer.conv(8, 3),
            "(Conv2d) needs one input, but has 2",
            Shape.of(3, 7, 4),
            Shape.of(3, 7, 4)),
        refuses(
            Layer.conv(8, 3).groups(4),
            "(Conv2d) cannot split 6 channels into 4 groups",
            Shape.of(6, 7, 4)),
        refuses(
            Layer.dense(10),
            "(Dense) needs a vector [F], but has [3, 7, 4]; flatten it first",
            Shape.of(3, 7, 4)),
        refuses(
            Layer.maxPool(2),
            "(MaxPool2d) needs an image [C, H, W], but has [7, 4]",
            Shape.of(7, 4)),
        refuses(
            Layer.avgPool(5),
            "has a 5x5 kernel with dilation 1x1 and padding 0, which does not fit an input of 7x4",
            Shape.of(3, 7, 4)),
        refuses(
            Layer.globalAvgPool(),
            "(GlobalAvgPool) needs an image [C, H, W], but has [9]",
            Shape.of(9)),
        refuses(
            Layer.flatten(),
            "(Flatten) has too large an input, [65536, 65536]",
            Shape.of(65536, 65536)),
        refuses(Layer.flatten(), "(Flatten) needs one input, but has 0"),
        refuses(
            Layer.softmax(),
            "(Softmax) needs classes on a first axis, but has a scalar",
            Shape.of()),
        refuses(
            Layer.batchNorm(),
            "(BatchNorm) needs [C, H, W] or [F], but has [7, 4]",
            Shape.of(7, 4)),
        refuses(new Add(), "(Add) needs two inputs or more, but has 1", Shape.of(3)),
        refuses(
            new Add(),
            "(Add) needs inputs of one shape, but has [16, 30, 30] and [3, 32, 32]",
            Shape.of(16, 30, 30),
            Shape.of(3, 32, 32)),
        refuses(new Multiply(), "(Multiply) needs two inputs, but has 1", Shape.of(3)),
        refuses(
            new Multiply(),
            "(Multiply) needs inputs of one shape, or a second input [C, 1, 1], but has [3, 1, 1]"
                + " and [3, 7, 4]",
            Shape.of(3, 1, 1),
            Shape.of(3, 7, 4)),
        refuses(
            new Concat(),
            "(Concat) needs inputs that differ in channels only, but has [3, 7, 4] and [3, 7, 5]",
            Shape.of(3, 7, 4),
            Shape.of(3, 7, 5)),
        refuses(
            new Concat(),
            "(Concat) needs inputs that differ in channels only, but has [] and []",
            Shape.of(),
            Shape.of()),
        refuses(
            new Concat(),
            "(Concat) makes too many channels, 4000000000",
            Shape.of(2_000_000_000),
            Shape.of(2_000_000_000)),
        refuses(AFFINE, "(Affine) has 2 channels, but its input is [3, 7, 4]", Shape.of(3, 7, 4)),
        refuses(Layer.relu(), "(Relu) needs one input, but has 2", Shape.of(3), Shape.of(3)),
        refuses(Layer.dropout(0), "(Dropout) needs one input, but has 0"));
  }

  static Stream<Arguments> constructions() {
    return Stream.of(
        made(
            () -> Layer.conv(0, 3),
            "(Conv2d) filters must be a positive multiple of groups, but are 0 with groups 1"),
        made(
            () -> Layer.conv(6, 3).groups(4),
            "(Conv2d) filters must be a positive multiple of groups, but are 6 with groups 4"),
        made(
            () -> Layer.conv(6, 3).window(Window.square(3).rounding(Rounding.CEIL)),
            "(Conv2d) has no ceil mode"),
        made(() -> Layer.dense(-1), "(Dense) units must be positive, but are -1"),
        made(
            () -> Layer.maxPool(2).padding(2),
            "a pool's padding must be smaller than its kernel, but padding is 2 and the kernel 2x2"),
        made(
            () -> Layer.avgPool(2).window(Window.square(2).dilation(2)),
            "(AvgPool2d) has no dilation"),
        made(() -> Layer.dropout(1), "(Dropout) p must be at least 0 and below 1, but is 1.0"),
        made(
            () -> Layer.dropout(Double.NaN),
            "(Dropout) p must be at least 0 and below 1, but is NaN"),
        made(
            () -> new BatchNorm(0, 0.1),
            "(BatchNorm) epsilon must be positive and momentum within [0, 1], but are 0.0 and 0.1"),
        made(
            () -> new BatchNorm(1e-5, 1.5),
            "(BatchNorm) epsilon must be positive and momentum within [0, 1], but are 1.0E-5 and 1.5"),
        made(
            () -> new Affine(List.of(1f), List.of(1f, 2f)),
            "(Affine) needs as many scales as shifts, but has 1 and 2"),
        made(
            () -> new ActivationFunction.Clip(6, 6),
            "(Clip) low must be below high, but are 6.0 and 6.0"));
  }

  @ParameterizedTest(name = "{0} {2} -> {1}")
  @MethodSource("shapes")
  void an_output_has_the_shape(Layer layer, Shape expected, List<Shape> inputs) {
    assertThat(layer.outputShape(inputs)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("refusals")
  void inputs_that_do_not_suit_are_refused(Layer layer, String message, List<Shape> inputs) {
    assertThatThrownBy(() -> layer.outputShape(inputs))
        .isInstanceOf(GraphException.class)
        .hasMessage(message);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("constructions")
  void settings_out_of_range_are_refused(Runnable making, String message) {
    assertThatThrownBy(making::run).isInstanceOf(GraphException.class).hasMessage(message);
  }

  @Test
  void every_layer_stands_in_both_tables() {
    Set<Class<?>> all = Set.of(Layer.class.getPermittedSubclasses());
    assertThat(layers(shapes())).isEqualTo(all);
    assertThat(layers(refusals())).isEqualTo(all);
  }

  private static Set<Class<?>> layers(Stream<Arguments> table) {
    Set<Class<?>> result = new HashSet<>();
    table.forEach(row -> result.add(row.get()[0].getClass()));
    return result;
  }

  private static Arguments takes(Layer layer, Shape output, Shape... inputs) {
    return arguments(layer, output, List.of(inputs));
  }

  private static Arguments refuses(Layer layer, String message, Shape... inputs) {
    return arguments(layer, message, List.of(inputs));
  }

  private static Arguments made(Runnable making, String message) {
    return arguments(making, message);
  }
}
