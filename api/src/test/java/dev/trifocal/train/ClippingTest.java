package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClippingTest {
  private static final Map<String, Double> GRADIENTS = Map.of("a", 3.0, "b", -4.0, "c", 0.0);

  @Test
  void none_leaves_gradients_alone() {
    assertThat(clip(new Clipping.None())).isEqualTo(GRADIENTS);
  }

  @Test
  void by_value_limits_both_sides() {
    assertThat(clip(new Clipping.ByValue(3.5))).isEqualTo(Map.of("a", 3.0, "b", -3.5, "c", 0.0));
  }

  /** {@code clip_grad_norm_} with a norm of 5: everything times 2 / 5.000001. */
  @Test
  void by_global_norm_shortens_all_gradients_by_one_factor() {
    Map<String, Double> clipped = clip(new Clipping.ByGlobalNorm(2));
    assertThat(clipped.get("a")).isCloseTo(1.19999976, within(1e-8));
    assertThat(clipped.get("b")).isCloseTo(-1.59999968, within(1e-8));
    assertThat(clipped.get("c")).isZero();
  }

  @Test
  void a_norm_below_the_limit_is_left_alone() {
    assertThat(clip(new Clipping.ByGlobalNorm(5.1))).isEqualTo(GRADIENTS);
    assertThat(new Clipping.ByGlobalNorm(1).clip(new DoubleArithmetic(), Map.of())).isEmpty();
  }

  @Test
  void limits_must_be_positive() {
    assertThatThrownBy(() -> new Clipping.ByValue(0))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("the limit of gradients must be positive, but is 0.0");
    assertThatThrownBy(() -> new Clipping.ByGlobalNorm(Double.NaN))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("the limit of the gradients' norm must be positive, but is NaN");
  }

  private static Map<String, Double> clip(Clipping clipping) {
    return clipping.clip(new DoubleArithmetic(), GRADIENTS);
  }
}
