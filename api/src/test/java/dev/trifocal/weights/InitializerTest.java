package dev.trifocal.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InitializerTest {
  private static final Shape SHAPE = Shape.of(200, 500);
  private static final RandomStream STREAM = RandomStream.of(3).at("initializer");

  @Test
  void constant_is_the_same_everywhere() {
    assertThat(values(new Initializer.Constant(0.25))).containsOnly(0.25);
  }

  @Test
  void normal_has_mean_and_deviation() {
    double[] values = values(new Initializer.Normal(2, 0.5));
    assertThat(mean(values)).isCloseTo(2, within(0.01));
    assertThat(deviation(values)).isCloseTo(0.5, within(0.01));
  }

  @Test
  void fan_in_uniform_is_bounded_by_one_over_the_root_of_the_inputs() {
    assertUniform(values(new Initializer.FanInUniform()), 0.25);
  }

  @Test
  void glorot_uniform_is_bounded_by_both_fans() {
    assertUniform(values(new Initializer.GlorotUniform()), 0.5);
  }

  @Test
  void kaiming_normal_has_the_root_of_two_over_the_inputs_as_deviation() {
    double[] values = values(new Initializer.KaimingNormal());
    assertThat(mean(values)).isCloseTo(0, within(0.005));
    assertThat(deviation(values)).isCloseTo(Math.sqrt(2 / 16.0), within(0.005));
  }

  @Test
  void values_depend_on_the_stream_only() {
    Initializer initializer = new Initializer.KaimingNormal();
    assertThat(initializer.values(STREAM, SHAPE, 16, 8))
        .isEqualTo(initializer.values(STREAM, SHAPE, 16, 8))
        .isNotEqualTo(initializer.values(STREAM.at("other"), SHAPE, 16, 8));
  }

  private static void assertUniform(double[] values, double bound) {
    assertThat(DoubleStream.of(values)).allMatch(value -> value >= -bound && value <= bound);
    assertThat(mean(values)).isCloseTo(0, within(bound / 50));
    assertThat(deviation(values)).isCloseTo(bound / Math.sqrt(3), within(bound / 50));
  }

  private static double[] values(Initializer initializer) {
    float[] floats = initializer.values(STREAM, SHAPE, 16, 8).toFloats();
    return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(
        DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }
}
