package dev.trifocal.layer;

import static dev.trifocal.layer.Layer.avgPool;
import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.convTranspose;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.logSoftmax;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static dev.trifocal.layer.Layer.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.layer.Reduce.Reduction;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayerShapesTest {
  private static final Shape IMAGE = Shape.of(6, 20, 31);
  private static final Shape GATE = Shape.of(6, 1, 1);
  private static final Shape VECTOR = Shape.of(10);
  private static final Shape SCALAR = Shape.of();

  static Stream<LayerCase> cases() {
    return Stream.of(spatial(), pools(), elementwise(), joins(), moves(), norms())
        .flatMap(List::stream);
  }

  private static List<LayerCase> spatial() {
    return List.of(
        LayerCase.of(new Input(IMAGE), IMAGE),
        LayerCase.of(conv(16, 3), Shape.of(16, 18, 29), IMAGE),
        LayerCase.of(conv(16, 3).stride(2), Shape.of(16, 9, 15), IMAGE),
        LayerCase.of(conv(16, 3).padding(1), Shape.of(16, 20, 31), IMAGE),
        LayerCase.of(conv(16, 3).padding(1, 0, 2, 0), Shape.of(16, 21, 29), IMAGE),
        LayerCase.of(conv(16, 3).dilation(4), Shape.of(16, 12, 23), IMAGE),
        LayerCase.of(conv(16, 3).groups(2).withoutBias(), Shape.of(16, 18, 29), IMAGE),
        LayerCase.of(conv(6, 5).groups(6), Shape.of(6, 16, 27), IMAGE),
        LayerCase.of(flatten(), Shape.of(3720), IMAGE),
        LayerCase.of(flatten(), VECTOR, VECTOR),
        LayerCase.of(flatten(), Shape.of(1), SCALAR),
        LayerCase.of(dense(7), Shape.of(7), VECTOR));
  }

  private static List<LayerCase> pools() {
    return List.of(
        LayerCase.of(maxPool(2), Shape.of(6, 10, 15), IMAGE),
        LayerCase.of(maxPool(2).ceilMode(), Shape.of(6, 10, 16), IMAGE),
        LayerCase.of(maxPool(3).stride(2).padding(1), Shape.of(6, 10, 16), IMAGE),
        LayerCase.of(
            new MaxPool2d(Window.square(3).dilation(3).padding(Padding.all(6))),
            Shape.of(6, 26, 37),
            IMAGE),
        LayerCase.of(avgPool(3), Shape.of(6, 6, 10), IMAGE),
        LayerCase.of(avgPool(3).ceilMode(), Shape.of(6, 7, 11), IMAGE),
        LayerCase.of(avgPool(3).stride(1).padding(1).excludePad(), IMAGE, IMAGE),
        LayerCase.of(globalAvgPool(), GATE, IMAGE));
  }

  private static List<LayerCase> elementwise() {
    return List.of(
        LayerCase.of(relu(), IMAGE, IMAGE),
        LayerCase.of(relu(), SCALAR, SCALAR),
        LayerCase.of(softmax(), VECTOR, VECTOR),
        LayerCase.of(softmax(), IMAGE, IMAGE),
        LayerCase.of(logSoftmax(), VECTOR, VECTOR),
        LayerCase.of(logSoftmax(), IMAGE, IMAGE),
        LayerCase.of(dropout(0.5), IMAGE, IMAGE),
        LayerCase.of(batchNorm(), IMAGE, IMAGE),
        LayerCase.of(batchNorm(), VECTOR, VECTOR),
        LayerCase.of(new Affine(List.of(2f, 3f), List.of(0f, 1f)), Shape.of(2), Shape.of(2)),
        LayerCase.of(new Affine(List.of(2f), List.of(1f)), IMAGE, IMAGE),
        LayerCase.of(new Affine(List.of(2f), List.of(1f)), SCALAR, SCALAR),
        LayerCase.of(Layer.power(-0.5), VECTOR, VECTOR),
        LayerCase.of(Layer.log(), SCALAR, SCALAR));
  }

  private static List<LayerCase> joins() {
    return List.of(
        LayerCase.of(new Add(), IMAGE, IMAGE, IMAGE, IMAGE),
        LayerCase.of(new Multiply(), IMAGE, IMAGE, IMAGE),
        LayerCase.of(new Divide(), IMAGE, IMAGE, GATE),
        LayerCase.of(new Divide(), IMAGE, GATE, IMAGE),
        LayerCase.of(new BatchReduce(Reduce.Reduction.MEAN), IMAGE, IMAGE),
        LayerCase.of(new BatchReduce(Reduce.Reduction.SUM), Shape.of(), Shape.of()),
        LayerCase.of(new Multiply(), IMAGE, IMAGE, GATE),
        LayerCase.of(new Multiply(), VECTOR, VECTOR, VECTOR),
        LayerCase.of(new Multiply(), IMAGE, GATE, IMAGE),
        LayerCase.of(new Add(), IMAGE, Shape.of(6, 20, 1), Shape.of(1, 1, 31)),
        LayerCase.of(new Divide(), IMAGE, GATE, IMAGE),
        LayerCase.of(new Divide(), IMAGE, IMAGE, GATE),
        LayerCase.of(new Divide(), SCALAR, SCALAR, SCALAR),
        LayerCase.of(new MatMul(), Shape.of(4, 7), Shape.of(4, 5), Shape.of(5, 7)),
        LayerCase.of(new MatMul(), Shape.of(3, 4, 7), Shape.of(3, 4, 5), Shape.of(3, 5, 7)),
        LayerCase.of(new Concat(2), Shape.of(6, 20, 32), IMAGE, Shape.of(6, 20, 1)),
        LayerCase.of(new Concat(0), Shape.of(15), VECTOR, Shape.of(5)),
        LayerCase.of(new Concat(0), Shape.of(13, 20, 31), IMAGE, IMAGE, IMAGE.with(0, 1)));
  }

  private static List<LayerCase> moves() {
    return List.of(
        LayerCase.of(new LearnableInput(IMAGE, new Initializer.KaimingNormal()), IMAGE),
        LayerCase.of(convTranspose(5, 3), Shape.of(5, 22, 33), IMAGE),
        LayerCase.of(convTranspose(5, 2).stride(2), Shape.of(5, 40, 62), IMAGE),
        LayerCase.of(
            convTranspose(4, 3).stride(2).padding(1).outputPadding(1).groups(2),
            Shape.of(4, 40, 62),
            IMAGE),
        LayerCase.of(convTranspose(5, 3).padding(1, 0, 2, 1), Shape.of(5, 19, 32), IMAGE),
        LayerCase.of(convTranspose(5, 3).dilation(3), Shape.of(5, 26, 37), IMAGE),
        LayerCase.of(Layer.globalMaxPool(), GATE, IMAGE),
        LayerCase.of(Layer.reduce(Reduction.MEAN, 0, 2), Shape.of(1, 20, 1), IMAGE),
        LayerCase.of(Layer.reduce(Reduction.MAX, 1), Shape.of(6, 1, 31), IMAGE),
        LayerCase.of(new BatchReduce(Reduction.SUM), IMAGE, IMAGE),
        LayerCase.of(new BatchReduce(Reduction.MEAN), SCALAR, SCALAR),
        LayerCase.of(Layer.reshape(), SCALAR, Shape.of(1, 1)),
        LayerCase.of(Layer.reshape(5, 2), Shape.of(5, 2), VECTOR),
        LayerCase.of(Layer.transpose(2, 0, 1), Shape.of(31, 6, 20), IMAGE),
        LayerCase.of(Layer.slice(2, 3, 9), Shape.of(6, 20, 6), IMAGE),
        LayerCase.of(new Slice(1, 1, 20, 4), Shape.of(6, 5, 31), IMAGE),
        LayerCase.of(Layer.pad(1, 2, 3, 4), Shape.of(6, 24, 37), IMAGE),
        LayerCase.of(Layer.upsample(3), Shape.of(6, 60, 93), IMAGE),
        LayerCase.of(Layer.upsampleBilinear(2), Shape.of(6, 40, 62), IMAGE));
  }

  private static List<LayerCase> norms() {
    return List.of(
        LayerCase.of(Layer.groupNorm(3), IMAGE, IMAGE),
        LayerCase.of(Layer.groupNorm(5), VECTOR, VECTOR),
        LayerCase.of(Layer.localResponseNorm(5), IMAGE, IMAGE),
        LayerCase.of(Layer.prelu(), VECTOR, VECTOR),
        LayerCase.of(new PRelu(6), IMAGE, IMAGE),
        LayerCase.of(new Softmax(2), IMAGE, IMAGE),
        LayerCase.of(new LogSoftmax(1), IMAGE, IMAGE));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void every_layer_has_the_output_shape_of_its_rule(LayerCase given) {
    assertThat(given.layer().outputShape(given.inputs())).isEqualTo(given.output());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_layer_is_drawn_as_it_is(LayerCase given) {
    assertThat(given.layer().at(given.inputs())).isSameAs(given.layer());
  }

  @Test
  void no_layer_is_left_without_a_case() {
    assertThat(cases().<Object>map(given -> given.layer().getClass()))
        .contains((Object[]) Layer.class.getPermittedSubclasses());
  }

  @Test
  void same_padding_is_settled_by_the_shape_of_the_input() {
    Shape even = Shape.of(3, 224, 225);
    assertThat(conv(8, 3).stride(2).same().at(List.of(even)))
        .isEqualTo(conv(8, 3).stride(2).padding(0, 1, 1, 1));
    Window window = Window.square(3).stride(2).padding(new Padding(0, 1, 1, 1));
    assertThat(maxPool(3).stride(2).same().at(List.of(even))).isEqualTo(new MaxPool2d(window));
    assertThat(avgPool(3).stride(2).excludePad().same().at(List.of(even)))
        .isEqualTo(new AvgPool2d(window, false));
  }

  @Test
  void pools_move_by_their_own_size_and_average_over_padding_unless_told_otherwise() {
    assertThat(maxPool(3)).isEqualTo(new MaxPool2d(Window.square(3).stride(3)));
    assertThat(avgPool(3)).isEqualTo(new AvgPool2d(Window.square(3).stride(3), true));
    assertThat(avgPool(3).excludePad().stride(2).padding(1).ceilMode().countIncludePad()).isFalse();
  }

  @Test
  void an_activation_is_called_after_its_function_and_any_other_layer_after_itself() {
    assertThat(relu().kind()).isEqualTo("Relu");
    assertThat(Layer.relu6().kind()).isEqualTo("Clip");
    assertThat(Layer.activation(new ActivationFunction.HardSwish()).kind()).isEqualTo("HardSwish");
    assertThat(Layer.power(2).kind()).isEqualTo("Power");
    assertThat(conv(1, 1).kind()).isEqualTo("Conv2d");
  }
}
