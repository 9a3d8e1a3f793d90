package dev.trifocal.layer;

import static dev.trifocal.layer.Layer.avgPool;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.maxPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerSettingsTest {
  @Test
  void filters_are_a_positive_multiple_of_groups() {
    String message = "(Conv2d) filters must be a positive multiple of groups, but are ";
    assertMessage(() -> conv(0, 3), message + "0 with groups 1");
    assertMessage(() -> conv(-4, 3), message + "-4 with groups 1");
    assertMessage(() -> conv(4, 3).groups(3), message + "4 with groups 3");
    assertMessage(() -> conv(4, 3).groups(0), message + "4 with groups 0");
    assertMessage(() -> conv(4, 3).groups(-2), message + "4 with groups -2");
  }

  @Test
  void a_convolution_has_no_ceil_mode() {
    Window window = Window.square(3).rounding(Rounding.CEIL);
    assertMessage(() -> conv(4, 3).window(window), "(Conv2d) has no ceil mode");
  }

  @Test
  void a_dense_layer_needs_units() {
    assertMessage(() -> dense(0), "(Dense) units must be positive, but are 0");
    assertMessage(() -> dense(-7), "(Dense) units must be positive, but are -7");
  }

  @Test
  void a_pool_has_less_padding_than_kernel_on_every_side() {
    String message = "a pool's padding must be smaller than its kernel, but padding is ";
    assertThat(maxPool(3).padding(2).window().padding()).isEqualTo(Padding.all(2));
    assertMessage(() -> maxPool(3).padding(3), message + "3 and the kernel 3x3");
    assertMessage(() -> avgPool(2).padding(2), message + "2 and the kernel 2x2");
    assertMessage(() -> padded(new Padding(3, 0, 0, 0)), message + "[3,0,0,0] and the kernel 3x3");
    assertMessage(() -> padded(new Padding(0, 3, 0, 0)), message + "[0,3,0,0] and the kernel 3x3");
    assertMessage(() -> padded(new Padding(0, 0, 3, 0)), message + "[0,0,3,0] and the kernel 3x3");
    assertMessage(() -> padded(new Padding(0, 0, 0, 3)), message + "[0,0,0,3] and the kernel 3x3");
  }

  @Test
  void an_average_pool_has_no_dilation() {
    Window window = Window.square(3).dilation(2);
    assertMessage(() -> new AvgPool2d(window, true), "(AvgPool2d) has no dilation");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
  void the_probability_to_drop_is_at_least_0_and_below_1(double p) {
    assertThat(dropout(0).p()).isZero();
    assertMessage(() -> dropout(p), "(Dropout) p must be at least 0 and below 1, but is " + p);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void a_power_has_a_finite_exponent(double exponent) {
    assertMessage(
        () -> Layer.power(exponent),
        "(Power) exponent must be a finite number, but is " + exponent);
  }

  @Test
  void a_batch_is_summed_or_averaged() {
    assertMessage(
        () -> new BatchReduce(Reduce.Reduction.MAX),
        "(BatchReduce) takes SUM or MEAN, but not MAX");
  }

  @Test
  void batch_norm_has_a_positive_epsilon_and_a_momentum_between_0_and_1() {
    String message = "(BatchNorm) epsilon must be positive and momentum within [0, 1], but are ";
    assertThat(Layer.batchNorm()).isEqualTo(new BatchNorm(1e-5, 0.1));
    assertThat(new BatchNorm(1e-3, 0).momentum()).isZero();
    assertThat(new BatchNorm(1e-3, 1).momentum()).isOne();
    assertMessage(() -> new BatchNorm(0, 0.1), message + "0.0 and 0.1");
    assertMessage(() -> new BatchNorm(Double.NaN, 0.1), message + "NaN and 0.1");
    assertMessage(() -> new BatchNorm(0.5, -0.1), message + "0.5 and -0.1");
    assertMessage(() -> new BatchNorm(0.5, 1.1), message + "0.5 and 1.1");
    assertMessage(() -> new BatchNorm(0.5, Double.NaN), message + "0.5 and NaN");
  }

  @Test
  void a_clip_has_its_low_below_its_high() {
    String message = "(Clip) low must be below high, but are ";
    assertMessage(() -> new ActivationFunction.Clip(6, 6), message + "6.0 and 6.0");
    assertMessage(() -> new ActivationFunction.Clip(1, -1), message + "1.0 and -1.0");
    assertMessage(() -> new ActivationFunction.Clip(0, Double.NaN), message + "0.0 and NaN");
  }

  @Test
  void an_affine_layer_has_as_many_scales_as_shifts() {
    String message = "(Affine) needs as many scales as shifts, but has ";
    assertMessage(() -> new Affine(List.of(1f, 2f), List.of(0f)), message + "2 and 1");
    assertMessage(() -> new Affine(List.of(), List.of()), message + "0 and 0");
  }

  @Test
  void an_affine_layer_does_not_follow_the_lists_it_came_from() {
    List<Float> scale = new ArrayList<>(List.of(1f, 2f));
    List<Float> shift = new ArrayList<>(List.of(3f, 4f));
    Affine layer = new Affine(scale, shift);
    scale.set(0, 9f);
    shift.set(0, 9f);
    assertThat(layer).isEqualTo(new Affine(List.of(1f, 2f), List.of(3f, 4f)));
  }

  private static MaxPool2d padded(Padding padding) {
    return new MaxPool2d(Window.square(3).padding(padding));
  }

  private static void assertMessage(ThrowingCallable mistake, String message) {
    assertThatThrownBy(mistake).isInstanceOf(GraphException.class).hasMessage(message);
  }
}
