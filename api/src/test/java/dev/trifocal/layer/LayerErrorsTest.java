package dev.trifocal.layer;

import static dev.trifocal.layer.Layer.avgPool;
import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static dev.trifocal.layer.Layer.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayerErrorsTest {
  private static final Shape IMAGE = Shape.of(3, 32, 33);
  private static final Shape VECTOR = Shape.of(10);
  private static final Layer MULTIPLY = new Multiply();

  static Stream<Arguments> mistakes() {
    return Stream.of(counts(), ranks(), sizes(), joins(), settings(), ends()).flatMap(List::stream);
  }

  private static List<Arguments> counts() {
    return List.of(
        mistake(new Input(IMAGE), "(Input) takes no inputs, but has [10]", VECTOR),
        mistake(conv(4, 3), "(Conv2d) needs one input, but has 2", IMAGE, IMAGE),
        mistake(dense(4), "(Dense) needs one input, but has 0"),
        mistake(relu(), "(Relu) needs one input, but has 0"),
        mistake(Layer.relu6(), "(Clip) needs one input, but has 2", IMAGE, IMAGE),
        mistake(flatten(), "(Flatten) needs one input, but has 2", IMAGE, IMAGE),
        mistake(softmax(), "(Softmax) needs one input, but has 0"),
        mistake(Layer.logSoftmax(), "(LogSoftmax) needs one input, but has 2", IMAGE, IMAGE),
        mistake(Layer.dropout(0.5), "(Dropout) needs one input, but has 0"),
        mistake(batchNorm(), "(BatchNorm) needs one input, but has 0"),
        mistake(affine(3), "(Affine) needs one input, but has 0"),
        mistake(new Add(), "(Add) needs two inputs or more, but has 1", IMAGE),
        mistake(new Concat(0), "(Concat) needs two inputs or more, but has 1", IMAGE),
        mistake(MULTIPLY, "(Multiply) needs two inputs, but has 1", IMAGE),
        mistake(new Divide(), "(Divide) needs two inputs, but has 1", IMAGE),
        mistake(
            new BatchReduce(Reduce.Reduction.SUM),
            "(BatchReduce) needs one input, but has 2",
            IMAGE,
            IMAGE),
        mistake(MULTIPLY, "(Multiply) needs two inputs, but has 3", IMAGE, IMAGE, IMAGE));
  }

  private static List<Arguments> ranks() {
    String image = " needs an image [C, H, W], but has [10]";
    return List.of(
        mistake(conv(4, 3), "(Conv2d)" + image, VECTOR),
        mistake(maxPool(2), "(MaxPool2d)" + image, VECTOR),
        mistake(avgPool(2), "(AvgPool2d)" + image, VECTOR),
        mistake(globalAvgPool(), "(GlobalAvgPool)" + image, VECTOR),
        mistake(
            dense(4), "(Dense) needs a vector [F], but has [3, 32, 33]; flatten it first", IMAGE),
        mistake(softmax(), "(Softmax) names axis 0, but a sample of [] has no axes", Shape.of()),
        mistake(
            new LogSoftmax(3),
            "(LogSoftmax) names axis 3, but a sample of [3, 32, 33] has the axes 0 to 2",
            IMAGE),
        mistake(
            batchNorm(), "(BatchNorm) needs [C, H, W] or [F], but has [3, 32]", Shape.of(3, 32)),
        mistake(affine(3), "(Affine) has 3 channels, but its input is []", Shape.of()));
  }

  private static List<Arguments> sizes() {
    return List.of(
        mistake(
            conv(4, 33),
            "has a 33x33 kernel with dilation 1x1 and padding 0, "
                + "which does not fit an input of 32x33",
            IMAGE),
        mistake(conv(4, 3).groups(2), "(Conv2d) cannot split 3 channels into 2 groups", IMAGE),
        mistake(affine(2), "(Affine) has 2 channels, but its input is [3, 32, 33]", IMAGE),
        mistake(
            flatten(),
            "(Flatten) has too large an input, [3, 65536, 65536]",
            Shape.of(3, 65_536, 65_536)));
  }

  private static List<Arguments> joins() {
    Shape other = Shape.of(3, 32, 32);
    Shape huge = Shape.of(Integer.MAX_VALUE, 1, 1);
    return List.of(
        mistake(
            new Add(),
            "(Add) needs inputs of the same shape, but has "
                + "[3, 32, 33] and [3, 32, 33] and [3, 32, 32]",
            IMAGE,
            IMAGE,
            other),
        mistake(MULTIPLY, multiply("[3, 32, 33] and [3, 32, 32]"), IMAGE, other),
        mistake(MULTIPLY, multiply("[3, 32, 33] and [4, 1, 1]"), IMAGE, Shape.of(4, 1, 1)),
        mistake(MULTIPLY, multiply("[10] and [10, 1, 1]"), VECTOR, Shape.of(10, 1, 1)),
        mistake(
            new Divide(),
            "(Divide) needs inputs of the same shape, but has [3, 32, 33] and [3, 32, 32]",
            IMAGE,
            other),
        mistake(new Concat(0), concat("[3, 32, 33] and [3, 32, 32]"), IMAGE, other),
        mistake(new Concat(0), concat("[3, 32, 33] and [10]"), IMAGE, VECTOR),
        mistake(
            new Concat(0),
            "(Concat) names axis 0, but a sample of [] has no axes",
            Shape.of(),
            Shape.of()),
        mistake(
            new Concat(0), "(Concat) has too large an output: an axis of 4294967294", huge, huge));
  }

  private static List<Arguments> settings() {
    return List.of(
        mistake(
            new LearnableInput(IMAGE, new Initializer.Constant(0)),
            "(LearnableInput) takes no inputs, but has [10]",
            VECTOR),
        mistake(
            Layer.convTranspose(4, 3).groups(2),
            "(ConvTranspose2d) cannot split 3 channels into 2 groups",
            IMAGE),
        mistake(
            Layer.convTranspose(4, 2).padding(20),
            "(ConvTranspose2d) has padding 20, which removes the whole output",
            IMAGE),
        mistake(
            Layer.groupNorm(2),
            "(GroupNorm) cannot split the channels of [3, 32, 33] into 2 groups",
            IMAGE),
        mistake(
            Layer.groupNorm(10),
            "(GroupNorm) has a single value per group in [10] with 10 groups, whose variance is undefined",
            VECTOR),
        mistake(
            new PRelu(2),
            "(PRelu) needs 1 slope or one per channel, but has 2 for [3, 32, 33]",
            IMAGE),
        mistake(
            Layer.localResponseNorm(3),
            "(LocalResponseNorm) needs an image [C, H, W], but has [10]",
            VECTOR),
        mistake(
            new MatMul(),
            "(MatMul) needs [..., M, K] and [..., K, N], but has [3, 32, 33] and [3, 32, 33]",
            IMAGE,
            IMAGE),
        mistake(new MatMul(), "(MatMul) needs two inputs, but has 1", IMAGE));
  }

  private static List<Arguments> ends() {
    return List.of(
        mistake(
            Layer.globalMaxPool(),
            "(GlobalMaxPool) needs an image [C, H, W], but has [10]",
            VECTOR),
        mistake(
            Layer.reduce(Reduce.Reduction.SUM, 1),
            "(Reduce) names axis 1, but a sample of [10] has the axes 0 to 0",
            VECTOR),
        mistake(
            Layer.reshape(3, 4),
            "(Reshape) cannot make [3, 4] of [10]: they have 12 and 10 elements",
            VECTOR),
        mistake(Layer.transpose(1, 0), "(Transpose) orders 2 axes, but its input is [10]", VECTOR),
        mistake(Layer.slice(0, 3, 11), "(Slice) ends at 11, but axis 0 of [10] has 10", VECTOR),
        mistake(
            new Pad2d(new Padding(0, 0, 32, 0), Pad2d.Mode.REFLECT, 0),
            "(Pad2d) reflects [0,0,32,0], but reflection padding must be smaller than the image,"
                + " 32x33",
            IMAGE),
        mistake(
            Layer.pad(Integer.MAX_VALUE, 0, 0, 0),
            "(Pad2d) has too large an output: an axis of 2147483679",
            IMAGE),
        mistake(
            Layer.upsample(Integer.MAX_VALUE),
            "(Upsample2d) has too large an output: an axis of 68719476704",
            IMAGE));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void inputs_that_do_not_suit_the_layer_are_refused(
      Layer layer, String message, List<Shape> inputs) {
    assertThatThrownBy(() -> layer.outputShape(inputs))
        .isInstanceOf(GraphException.class)
        .hasMessage(message);
  }

  @Test
  void every_layer_has_a_mistake_that_it_finds() {
    assertThat(mistakes().<Object>map(mistake -> mistake.get()[0].getClass()))
        .contains((Object[]) Layer.class.getPermittedSubclasses());
  }

  @Test
  void same_padding_needs_an_image() {
    assertThatThrownBy(() -> conv(4, 3).same().at(List.of(VECTOR)))
        .isInstanceOf(GraphException.class)
        .hasMessage("(Conv2d) needs an image [C, H, W], but has [10]");
    assertThatThrownBy(() -> maxPool(3).same().at(List.of(VECTOR)))
        .hasMessage("(MaxPool2d) needs an image [C, H, W], but has [10]");
    assertThatThrownBy(() -> avgPool(3).same().at(List.of(VECTOR)))
        .hasMessage("(AvgPool2d) needs an image [C, H, W], but has [10]");
  }

  @Test
  void a_kernel_whose_weights_cannot_be_counted_is_refused() {
    Shape large = Shape.of(3, 40_000, 40_000);
    assertThatThrownBy(() -> conv(4, 40_000).parameters(List.of(large)))
        .isInstanceOf(GraphException.class)
        .hasMessage("(Conv2d) has too large a kernel, 40000x40000 for 3 maps");
  }

  private static String multiply(String shapes) {
    return "(Multiply) needs inputs of the same shape, but has " + shapes;
  }

  private static String concat(String shapes) {
    return "(Concat) needs inputs that differ in channels only, but has " + shapes;
  }

  private static Layer affine(int channels) {
    List<Float> constants = Collections.nCopies(channels, 1f);
    return new Affine(constants, constants);
  }

  private static Arguments mistake(Layer layer, String message, Shape... inputs) {
    return Arguments.of(layer, message, List.of(inputs));
  }
}
