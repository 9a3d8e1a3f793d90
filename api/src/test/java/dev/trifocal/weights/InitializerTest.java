package dev.trifocal.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.WeightsException;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InitializerTest {
  private static final RandomStream STREAM = RandomStream.of(3);
  private static final Shape SHAPE = Shape.of(100, 200);

  @Test
  void constant_fills_with_its_value() {
    assertThat(new Initializer.Constant(0.25).values(STREAM, Shape.of(3), 1, 1))
        .isEqualTo(Tensor.of(Shape.of(3), 0.25f, 0.25f, 0.25f));
  }

  @Test
  void normal_has_its_mean_and_deviation_whatever_the_fans() {
    double[] values = draw(new Initializer.Normal(2, 0.01), 7, 9);
    assertThat(mean(values)).isCloseTo(2, within(0.0004));
    assertThat(deviation(values)).isCloseTo(0.01, within(0.0003));
  }

  @Test
  void fan_in_uniform_is_bounded_by_the_root_of_the_fan_in() {
    assertUniform(draw(new Initializer.FanInUniform(), 16, 400), 0.25);
  }

  @Test
  void glorot_uniform_is_bounded_by_both_fans() {
    assertUniform(draw(new Initializer.GlorotUniform(), 16, 8), 0.5);
  }

  @Test
  void kaiming_normal_deviates_by_the_root_of_two_over_the_fan_in() {
    double[] values = draw(new Initializer.KaimingNormal(), 8, 400);
    assertThat(mean(values)).isCloseTo(0, within(0.02));
    assertThat(deviation(values)).isCloseTo(0.5, within(0.015));
    assertThat(Arrays.stream(values)).anyMatch(value -> Math.abs(value) > 1.25);
  }

  @Test
  void kaiming_normal_by_fan_out_deviates_by_the_root_of_two_over_the_fan_out() {
    double[] values = draw(new Initializer.KaimingNormalFanOut(), 400, 8);
    assertThat(mean(values)).isCloseTo(0, within(0.02));
    assertThat(deviation(values)).isCloseTo(0.5, within(0.015));
    assertThat(Arrays.stream(values)).anyMatch(value -> Math.abs(value) > 1.25);
  }

  @Test
  void kaiming_uniform_is_bounded_by_the_root_of_six_over_the_fan_in() {
    assertUniform(draw(new Initializer.KaimingUniform(), 24, 400), 0.5);
  }

  @Test
  void glorot_normal_deviates_by_the_root_of_two_over_both_fans() {
    double[] values = draw(new Initializer.GlorotNormal(), 5, 3);
    assertThat(mean(values)).isCloseTo(0, within(0.02));
    assertThat(deviation(values)).isCloseTo(0.5, within(0.015));
    assertThat(Arrays.stream(values)).anyMatch(value -> Math.abs(value) > 1.25);
  }

  @Test
  void truncated_normal_stays_within_two_deviations() {
    double[] values = draw(new Initializer.TruncatedNormal(3, 0.5), 7, 9);
    assertThat(mean(values)).isCloseTo(3, within(0.02));
    // Of a normal distribution cut off at two deviations, 0.8796 remains.
    assertThat(deviation(values)).isCloseTo(0.8796 * 0.5, within(0.01));
    assertThat(Arrays.stream(values)).allMatch(value -> Math.abs(value - 3) <= 1.0001);
    assertThat(Arrays.stream(values)).anyMatch(value -> Math.abs(value - 3) > 0.95);
  }

  @Test
  void orthogonal_rows_or_columns_have_the_gain_for_length_and_right_angles() {
    for (Shape shape : new Shape[] {Shape.of(6, 3, 2, 2), Shape.of(12, 5), Shape.of(4, 4)}) {
      float[] values = new Initializer.Orthogonal(1.5).values(STREAM, shape, 1, 1).toFloats();
      int rows = shape.size(0);
      int columns = values.length / rows;
      int count = Math.min(rows, columns);
      for (int a = 0; a < count; a++) {
        for (int b = 0; b < count; b++) {
          double product = 0;
          for (int i = 0; i < Math.max(rows, columns); i++) {
            product +=
                rows <= columns
                    ? values[a * columns + i] * values[b * columns + i]
                    : values[i * columns + a] * values[i * columns + b];
          }
          assertThat(product).isCloseTo(a == b ? 2.25 : 0, within(1e-5));
        }
      }
      // No row is a multiple of an axis.
      assertThat(IntStream.range(0, values.length).mapToDouble(i -> Math.abs(values[i])))
          .allMatch(value -> value < 1.499);
    }
    assertThatThrownBy(() -> new Initializer.Orthogonal(1).values(STREAM, Shape.of(3), 1, 1))
        .isInstanceOf(WeightsException.class)
        .hasMessage("orthogonal initial values need two axes or more, but the shape is [3]");
  }

  @Test
  void bilinear_spreads_each_channel_onto_its_own_filter() {
    assertThat(bilinear(Shape.of(2, 2, 4, 2)).toFloats())
        .containsExactly(
            0.125f, 0.125f, 0.375f, 0.375f, 0.375f, 0.375f, 0.125f, 0.125f, //
            0, 0, 0, 0, 0, 0, 0, 0, //
            0, 0, 0, 0, 0, 0, 0, 0, //
            0.125f, 0.125f, 0.375f, 0.375f, 0.375f, 0.375f, 0.125f, 0.125f);
  }

  @Test
  void bilinear_gives_each_group_its_own_copy() {
    float[] kernel = {0.25f, 0.5f, 0.25f, 0.5f, 1, 0.5f, 0.25f, 0.5f, 0.25f};
    Tensor values = bilinear(Shape.of(3, 1, 3, 3));
    for (int group = 0; group < 3; group++) {
      assertThat(Arrays.copyOfRange(values.toFloats(), 9 * group, 9 * group + 9))
          .containsExactly(kernel);
    }
  }

  @Test
  void bilinear_is_for_kernels_only() {
    assertThatThrownBy(() -> bilinear(Shape.of(5)))
        .isInstanceOf(WeightsException.class)
        .hasMessage("bilinear first values need a kernel [C, F, kH, kW], but the shape is [5]");
  }

  private static Tensor bilinear(Shape shape) {
    return new Initializer.Bilinear().values(STREAM, shape, 1, 1);
  }

  @Test
  void values_are_a_pure_function_of_the_stream() {
    Initializer initializer = new Initializer.KaimingNormal();
    Tensor first = initializer.values(STREAM, Shape.of(5, 4), 4, 5);
    assertThat(initializer.values(STREAM, Shape.of(5, 4), 4, 5)).isEqualTo(first);
    assertThat(initializer.values(STREAM.at("other"), Shape.of(5, 4), 4, 5)).isNotEqualTo(first);
  }

  private static void assertUniform(double[] values, double bound) {
    assertThat(Arrays.stream(values)).allMatch(value -> Math.abs(value) <= bound);
    assertThat(Arrays.stream(values)).anyMatch(value -> value > 0.99 * bound);
    assertThat(Arrays.stream(values)).anyMatch(value -> value < -0.99 * bound);
    assertThat(mean(values)).isCloseTo(0, within(0.02 * bound));
    assertThat(deviation(values)).isCloseTo(bound / Math.sqrt(3), within(0.02 * bound));
  }

  private static double[] draw(Initializer initializer, int fanIn, int fanOut) {
    Tensor tensor = initializer.values(STREAM, SHAPE, fanIn, fanOut);
    assertThat(tensor.shape()).isEqualTo(SHAPE);
    float[] values = tensor.toFloats();
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static double mean(double... values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double... values) {
    double mean = mean(values);
    return Math.sqrt(
        Arrays.stream(values)
            .map(value -> (value - mean) * (value - mean))
            .average()
            .orElseThrow());
  }
}
