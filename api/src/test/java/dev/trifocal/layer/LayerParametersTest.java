package dev.trifocal.layer;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Parameter.Role.LEARNED;
import static dev.trifocal.layer.Parameter.Role.STATISTIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LayerParametersTest {
  private static final Initializer UNIFORM = new Initializer.FanInUniform();
  private static final Shape IMAGE = Shape.of(6, 20, 31);
  private static final Window SLIM =
      new Window(
          new Size2d(3, 5), Size2d.square(1), Padding.NONE, Size2d.square(1), Rounding.FLOOR);

  @Test
  void a_convolution_has_one_kernel_per_filter_and_input_channel() {
    assertThat(conv(16, 3).window(SLIM).parameters(List.of(IMAGE)))
        .containsExactly(
            new Parameter("weight", Shape.of(16, 6, 3, 5), LEARNED, UNIFORM, 90, 240),
            new Parameter("bias", Shape.of(16), LEARNED, UNIFORM, 90, 240));
  }

  @Test
  void groups_divide_the_channels_that_a_filter_sees() {
    assertThat(conv(16, 3).groups(2).parameters(List.of(IMAGE)))
        .containsExactly(
            new Parameter("weight", Shape.of(16, 3, 3, 3), LEARNED, UNIFORM, 27, 72),
            new Parameter("bias", Shape.of(16), LEARNED, UNIFORM, 27, 72));
  }

  @Test
  void a_depthwise_filter_sees_one_channel() {
    assertThat(conv(12, 3).groups(6).withoutBias().parameters(List.of(IMAGE)))
        .containsExactly(new Parameter("weight", Shape.of(12, 1, 3, 3), LEARNED, UNIFORM, 9, 18));
  }

  @Test
  void a_dense_layer_has_one_row_per_unit() {
    assertThat(dense(7).parameters(List.of(Shape.of(10))))
        .containsExactly(
            new Parameter("weight", Shape.of(7, 10), LEARNED, UNIFORM, 10, 7),
            new Parameter("bias", Shape.of(7), LEARNED, UNIFORM, 10, 7));
    assertThat(dense(7).withoutBias().parameters(List.of(Shape.of(10))))
        .extracting(Parameter::name)
        .containsExactly("weight");
  }

  @Test
  void initializers_are_those_given_for_weight_and_bias() {
    Initializer normal = new Initializer.KaimingNormal();
    Initializer zero = new Initializer.Constant(0);
    assertThat(conv(4, 3).groups(2).initializers(normal, zero).parameters(List.of(IMAGE)))
        .extracting(Parameter::initializer)
        .containsExactly(normal, zero);
    assertThat(dense(4).initializers(normal, zero).parameters(List.of(Shape.of(3))))
        .extracting(Parameter::initializer)
        .containsExactly(normal, zero);
    assertThat(conv(4, 3).withoutBias().initializers(normal, zero).bias()).isFalse();
    assertThat(dense(4).withoutBias().initializers(normal, zero).bias()).isFalse();
  }

  @Test
  void batch_norm_learns_weight_and_bias_and_keeps_statistics() {
    Initializer zero = new Initializer.Constant(0);
    Initializer one = new Initializer.Constant(1);
    for (Shape input : List.of(IMAGE, Shape.of(6))) {
      assertThat(batchNorm().parameters(List.of(input)))
          .containsExactly(
              new Parameter("weight", Shape.of(6), LEARNED, one, 6, 6),
              new Parameter("bias", Shape.of(6), LEARNED, zero, 6, 6),
              new Parameter("running_mean", Shape.of(6), STATISTIC, zero, 6, 6),
              new Parameter("running_var", Shape.of(6), STATISTIC, one, 6, 6));
    }
  }

  /**
   * Shapes and fans as PyTorch 1.13 has them for {@code ConvTranspose2d(6, 16, (3, 5), groups=2)}.
   */
  @Test
  void a_transposed_convolution_has_its_input_channels_first() {
    assertThat(Layer.convTranspose(16, 3).window(SLIM).groups(2).parameters(List.of(IMAGE)))
        .containsExactly(
            new Parameter("weight", Shape.of(6, 8, 3, 5), LEARNED, UNIFORM, 120, 45),
            new Parameter("bias", Shape.of(16), LEARNED, UNIFORM, 120, 45));
    assertThat(Layer.convTranspose(16, 3).groups(2).multiplyAdds(List.of(IMAGE)))
        .isEqualTo(6L * 20 * 31 * 8 * 9);
  }

  @Test
  void norms_and_slopes_have_one_number_per_channel() {
    Initializer one = new Initializer.Constant(1);
    Initializer zero = new Initializer.Constant(0);
    assertThat(Layer.groupNorm(2).parameters(List.of(IMAGE)))
        .containsExactly(
            new Parameter("weight", Shape.of(6), LEARNED, one, 6, 6),
            new Parameter("bias", Shape.of(6), LEARNED, zero, 6, 6));
    Initializer quarter = new Initializer.Constant(0.25);
    assertThat(new PRelu(6).parameters(List.of(IMAGE)))
        .containsExactly(new Parameter("weight", Shape.of(6), LEARNED, quarter, 6, 6));
  }

  @ParameterizedTest
  @MethodSource("dev.trifocal.layer.LayerShapesTest#cases")
  void no_other_layer_has_parameters_or_counts_multiply_adds(LayerCase given) {
    Set<Class<?>> learning =
        Set.of(
            LearnableInput.class,
            Conv2d.class,
            ConvTranspose2d.class,
            Dense.class,
            BatchNorm.class,
            GroupNorm.class,
            PRelu.class);
    Set<Class<?>> counted = Set.of(Conv2d.class, ConvTranspose2d.class, Dense.class);
    assertThat(given.layer().parameters(given.inputs()).isEmpty())
        .isEqualTo(!learning.contains(given.layer().getClass()));
    assertThat(given.layer().multiplyAdds(given.inputs()) == 0)
        .isEqualTo(!counted.contains(given.layer().getClass()));
  }

  @ParameterizedTest(name = "{0} filters {1}x{1}, stride {2}, {3} groups on [{4}, {5}, {6}]")
  @CsvSource({
    // VGG's first layer: 64 * 224 * 224 * 27.
    "64, 3, 1, 1, 3, 224, 224, 1728, 86704128",
    // 64 * 109 * 147 outputs, 147 weights each.
    "64, 7, 2, 1, 3, 223, 299, 9408, 150744384",
    "6, 3, 1, 6, 6, 10, 20, 54, 10800",
    "12, 3, 1, 2, 6, 10, 20, 324, 64800",
    "100000, 1, 1, 1, 100, 300, 300, 10000000, 900000000000"
  })
  void a_convolution_multiplies_once_per_output_and_weight_that_it_sees(
      int filters,
      int kernel,
      int stride,
      int groups,
      int channels,
      int height,
      int width,
      long weights,
      long multiplyAdds) {
    Conv2d layer = conv(filters, kernel).stride(stride).groups(groups).padding(kernel == 3 ? 1 : 0);
    List<Shape> inputs = List.of(Shape.of(channels, height, width));
    assertThat(layer.parameters(inputs).get(0).shape().elements()).isEqualTo(weights);
    assertThat(layer.multiplyAdds(inputs)).isEqualTo(multiplyAdds);
    assertThat(layer.withoutBias().multiplyAdds(inputs)).isEqualTo(multiplyAdds);
  }

  @Test
  void a_dense_layer_multiplies_once_per_weight() {
    assertThat(dense(4096).multiplyAdds(List.of(Shape.of(9216)))).isEqualTo(37_748_736);
    assertThat(dense(100_000).multiplyAdds(List.of(Shape.of(100_000)))).isEqualTo(10_000_000_000L);
  }

  @Test
  void batch_norm_needs_two_samples_where_one_has_a_single_value_per_channel() {
    assertThat(batchNorm().smallestBatch(List.of(Shape.of(6)))).isEqualTo(2);
    assertThat(batchNorm().smallestBatch(List.of(Shape.of(6, 1, 1)))).isEqualTo(2);
    assertThat(batchNorm().smallestBatch(List.of(Shape.of(6, 1, 2)))).isEqualTo(1);
    assertThat(conv(6, 1).smallestBatch(List.of(Shape.of(6, 1, 1)))).isEqualTo(1);
  }
}
