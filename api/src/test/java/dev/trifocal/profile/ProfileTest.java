package dev.trifocal.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static Profile profile() {
    ProfileRecorder recorder = new ProfileRecorder();
    for (int step = 0; step < 2; step++) {
      recorder.add("Conv", List.of("conv1", "relu"), StepPhase.FORWARD, 3);
      recorder.add("MatMul", List.of("fc"), StepPhase.FORWARD, 1);
      recorder.add("MatMul", List.of("fc"), StepPhase.BACKWARD, 2);
      recorder.add("MatMul", List.of("fc"), StepPhase.BACKWARD, 2.5);
      recorder.add("Transpose", List.of(), StepPhase.UNKNOWN, 0.5);
    }
    return new Profile(2, 20, recorder.entries());
  }

  @Test
  void calls_are_added_up_by_operator_layers_and_phase() {
    assertThat(profile().entries())
        .containsExactly(
            new ProfileEntry("Conv", List.of("conv1", "relu"), StepPhase.FORWARD, 2, 6),
            new ProfileEntry("MatMul", List.of("fc"), StepPhase.FORWARD, 2, 2),
            new ProfileEntry("MatMul", List.of("fc"), StepPhase.BACKWARD, 4, 9),
            new ProfileEntry("Transpose", List.of(), StepPhase.UNKNOWN, 2, 1));
  }

  @Test
  void operators_are_listed_longest_first_per_step() {
    assertThat(profile().operators())
        .containsExactly(
            new OperatorTime("MatMul", 3, 5.5),
            new OperatorTime("Conv", 1, 3),
            new OperatorTime("Transpose", 1, 0.5));
  }

  @Test
  void layers_are_listed_longest_first_with_their_phases_per_step() {
    List<LayerTime> layers = profile().layers();
    assertThat(layers)
        .extracting(LayerTime::layers)
        .containsExactly(List.of("fc"), List.of("conv1", "relu"), List.of());
    assertThat(layers.get(0).in(StepPhase.FORWARD)).isEqualTo(1);
    assertThat(layers.get(0).in(StepPhase.BACKWARD)).isEqualTo(4.5);
    assertThat(layers.get(0).in(StepPhase.UPDATE)).isZero();
    assertThat(layers.get(0).total()).isEqualTo(5.5);
  }

  @Test
  void what_operators_do_not_take_is_outside_them() {
    Profile profile = profile();
    assertThat(profile.perStep()).isEqualTo(10);
    assertThat(profile.outside()).isEqualTo(1);
    double operators = profile.operators().stream().mapToDouble(OperatorTime::milliseconds).sum();
    double layers = profile.layers().stream().mapToDouble(LayerTime::total).sum();
    assertThat(operators + profile.outside()).isCloseTo(profile.perStep(), within(1e-9));
    assertThat(layers + profile.outside()).isCloseTo(profile.perStep(), within(1e-9));
  }

  @Test
  void the_warm_up_comes_before_the_profiled_steps() {
    List<String> ran = new ArrayList<>();
    ProfileLength length = new ProfileLength(2, 3);
    length.warmUp(() -> ran.add("warm-up"));
    length.measure(() -> ran.add("step"));
    assertThat(ran).containsExactly("warm-up", "warm-up", "step", "step", "step");
    assertThatThrownBy(() -> new ProfileLength(-1, 0))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("0 and -1");
  }
}
