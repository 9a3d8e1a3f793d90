package dev.trifocal.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterTest {
  private static final List<Shape> IMAGE = List.of(Shape.of(12, 7, 4));

  @Test
  void a_convolution_has_a_weight_per_filter_channel_and_kernel_element() {
    List<Parameter> parameters = Layer.conv(8, 3).parameters(IMAGE);
    assertThat(parameters).extracting(Parameter::name).containsExactly("weight", "bias");
    assertThat(parameters)
        .extracting(Parameter::shape)
        .containsExactly(Shape.of(8, 12, 3, 3), Shape.of(8));
    assertThat(parameters).extracting(Parameter::fanIn).containsOnly(108);
    assertThat(parameters).extracting(Parameter::fanOut).containsOnly(72);
  }

  @Test
  void a_group_sees_its_own_channels_only() {
    Parameter weight = Layer.conv(24, 3).groups(12).withoutBias().parameters(IMAGE).get(0);
    assertThat(weight.shape()).isEqualTo(Shape.of(24, 1, 3, 3));
    assertThat(weight.fanIn()).isEqualTo(9);
    assertThat(weight.fanOut()).isEqualTo(18);
  }

  @Test
  void without_a_bias_there_is_none() {
    assertThat(Layer.conv(8, 3).withoutBias().parameters(IMAGE)).hasSize(1);
    assertThat(Layer.dense(8).withoutBias().parameters(List.of(Shape.of(5)))).hasSize(1);
  }

  @Test
  void a_dense_layer_has_rows_of_units() {
    List<Parameter> parameters = Layer.dense(8).parameters(List.of(Shape.of(5)));
    assertThat(parameters)
        .extracting(Parameter::shape)
        .containsExactly(Shape.of(8, 5), Shape.of(8));
    assertThat(parameters).extracting(Parameter::fanIn).containsOnly(5);
    assertThat(parameters).extracting(Parameter::fanOut).containsOnly(8);
  }

  @Test
  void batch_norm_learns_two_and_keeps_two() {
    List<Parameter> parameters = Layer.batchNorm().parameters(IMAGE);
    assertThat(parameters)
        .extracting(Parameter::name)
        .containsExactly("weight", "bias", "running_mean", "running_var");
    assertThat(parameters)
        .extracting(Parameter::role)
        .containsExactly(
            Parameter.Role.LEARNED,
            Parameter.Role.LEARNED,
            Parameter.Role.STATISTIC,
            Parameter.Role.STATISTIC);
    assertThat(parameters).extracting(Parameter::shape).containsOnly(Shape.of(12));
  }

  @Test
  void multiply_adds_are_counted_for_convolutions_and_dense_layers() {
    assertThat(Layer.conv(8, 3).multiplyAdds(IMAGE)).isEqualTo(8L * 5 * 2 * 108);
    assertThat(Layer.conv(12, 3).groups(12).multiplyAdds(IMAGE)).isEqualTo(12L * 5 * 2 * 9);
    assertThat(Layer.dense(8).multiplyAdds(List.of(Shape.of(5)))).isEqualTo(40);
    assertThat(Layer.batchNorm().multiplyAdds(IMAGE)).isZero();
  }

  @Test
  void kernels_too_large_to_count_are_refused() {
    Layer layer = Layer.conv(1, 60_000).padding(60_000);
    assertThatThrownBy(() -> layer.parameters(IMAGE))
        .isInstanceOf(GraphException.class)
        .hasMessage("(Conv2d) has too large a kernel, 60000x60000 for 12 maps");
  }
}
