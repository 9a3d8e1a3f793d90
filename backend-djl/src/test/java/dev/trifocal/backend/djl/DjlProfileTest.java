package dev.trifocal.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.ElementwiseUpdate;
import dev.trifocal.profile.Profile;
import dev.trifocal.profile.ProfileEntry;
import dev.trifocal.profile.StepPhase;
import dev.trifocal.testkit.ProfileContract;
import dev.trifocal.testkit.custom.EveryOperation;
import dev.trifocal.train.Adam;
import java.util.List;
import org.junit.jupiter.api.Test;

class DjlProfileTest extends ProfileContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }

  @Test
  void each_backward_function_belongs_to_its_layer() {
    Profile profile = training(Adam.of(1e-3));
    assertThat(profile.entries())
        .filteredOn(entry -> entry.operator().equals("aten::convolution_backward"))
        .extracting(ProfileEntry::layers)
        .containsExactlyInAnyOrder(List.of("conv"), List.of("second"));
    assertThat(profile.entries())
        .filteredOn(entry -> entry.operator().equals("aten::threshold_backward"))
        .extracting(ProfileEntry::layers)
        .containsExactly(List.of("relu"));
  }

  @Test
  void the_marks_in_the_trace_are_not_part_of_the_profile() {
    assertThat(training(Adam.of(1e-3)).entries())
        .extracting(ProfileEntry::operator)
        .noneMatch(operator -> operator.contains("eye") || operator.contains("queezeBackward1"));
  }

  @Test
  void the_update_on_the_host_is_one_operator_of_no_layer() {
    assertThat(training(Adam.of(1e-3)).entries())
        .filteredOn(entry -> entry.operator().equals(ElementwiseUpdate.OPERATOR))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.phase()).isEqualTo(StepPhase.UPDATE);
              assertThat(entry.layers()).isEmpty();
              assertThat(entry.calls()).isEqualTo(2);
            });
  }

  @Test
  void an_optimizer_that_sums_up_elements_is_profiled_by_layer() {
    assertThat(training(new EveryOperation(1e-3)).entries())
        .filteredOn(entry -> entry.phase() == StepPhase.UPDATE)
        .extracting(ProfileEntry::layers)
        .contains(List.of("conv"), List.of("norm"), List.of("second"), List.of("fc"));
  }
}
