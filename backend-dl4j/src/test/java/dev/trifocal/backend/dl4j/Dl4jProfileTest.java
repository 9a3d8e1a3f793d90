package dev.trifocal.backend.dl4j;

import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.ElementwiseUpdate;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.profile.Profile;
import dev.trifocal.profile.ProfileEntry;
import dev.trifocal.profile.ProfileLength;
import dev.trifocal.profile.StepPhase;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.ProfileContract;
import dev.trifocal.testkit.custom.EveryOperation;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Dl4jProfileTest extends ProfileContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }

  @Test
  void operators_belong_to_their_layers_and_passes() {
    Profile profile = training(Adam.of(1e-3));
    assertThat(profile.entries())
        .filteredOn(entry -> entry.operator().equals("conv2d"))
        .allMatch(entry -> entry.phase() == StepPhase.FORWARD)
        .extracting(ProfileEntry::layers)
        .containsExactlyInAnyOrder(List.of("conv"), List.of("second"));
    assertThat(profile.entries())
        .filteredOn(entry -> entry.operator().equals("conv2d_bp"))
        .allMatch(entry -> entry.phase() == StepPhase.BACKWARD)
        .extracting(ProfileEntry::layers)
        .containsExactlyInAnyOrder(List.of("conv"), List.of("second"));
  }

  @Test
  void the_update_in_memory_is_one_operator_of_no_layer() {
    assertThat(training(Adam.of(1e-3)).entries())
        .filteredOn(entry -> entry.phase() == StepPhase.UPDATE)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.operator()).isEqualTo(ElementwiseUpdate.OPERATOR);
              assertThat(entry.layers()).isEmpty();
              assertThat(entry.calls()).isEqualTo(2);
            });
  }

  @Test
  void an_optimizer_that_sums_up_elements_is_profiled_by_layer() {
    assertThat(training(new EveryOperation(1e-3)).entries())
        .filteredOn(entry -> entry.phase() == StepPhase.UPDATE)
        .extracting(ProfileEntry::layers)
        .contains(List.of("conv"), List.of("norm"), List.of("second"), List.of("fc"))
        .doesNotContain(List.of());
  }

  @Test
  void sums_of_gradients_are_part_of_the_update() {
    Graph net =
        Graph.build(
            "net", Shape.of(4), x -> x.then("fc", dense(3)).then(relu()).then("head", dense(2)));
    Map<String, Tensor> inputs = Map.of(Graph.INPUT, Tensor.floats(Shape.of(2, 4), buffer -> {}));
    Map<String, Tensor> labels = Map.of(Graph.OUTPUT, Tensor.of(Shape.of(2), new long[] {0, 1}));
    Profile profile =
        new Dl4jBackend()
            .profiler()
            .orElseThrow()
            .training(
                TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(1e-3)),
                Checkpoint.start(net, 1),
                RunOptions.DEFAULT,
                new ProfileLength(0, 1),
                session -> {
                  session.accumulate(inputs, labels);
                  session.accumulate(inputs, labels);
                  session.predict(inputs);
                  session.update(1e-3);
                });
    // Four parameters: two products and one sum of each, and one product for its mean.
    assertThat(profile.entries())
        .filteredOn(entry -> entry.phase() == StepPhase.UPDATE && entry.layers().isEmpty())
        .anySatisfy(
            entry -> {
              assertThat(entry.operator()).isEqualTo("multiply");
              assertThat(entry.calls()).isEqualTo(4 * 3);
            });
  }
}
