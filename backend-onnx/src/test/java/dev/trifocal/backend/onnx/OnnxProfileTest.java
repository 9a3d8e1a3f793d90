package dev.trifocal.backend.onnx;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.profile.Profile;
import dev.trifocal.profile.ProfileEntry;
import dev.trifocal.profile.ProfileLength;
import dev.trifocal.profile.StepPhase;
import dev.trifocal.shape.Shape;
import dev.trifocal.testkit.ProfileContract;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxProfileTest extends ProfileContract {
  private static final TrainingPlan PLAN =
      TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(1e-3));

  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }

  private static Profile training(Graph graph) {
    return new OnnxProfiler(new OnnxBackend())
        .training(
            PLAN,
            Checkpoint.start(graph, 1),
            RunOptions.DEFAULT,
            new ProfileLength(1, 2),
            session -> session.step(images(), classes(), 1e-3));
  }

  @Test
  void every_node_of_a_training_step_belongs_to_a_phase() {
    assertThat(training(convolutions()).entries())
        .extracting(ProfileEntry::phase)
        .contains(StepPhase.FORWARD, StepPhase.BACKWARD, StepPhase.UPDATE)
        .doesNotContain(StepPhase.UNKNOWN);
  }

  @Test
  void the_phases_of_a_layer_are_told_apart() {
    assertThat(training(convolutions()).entries())
        .filteredOn(entry -> entry.layers().equals(List.of("second")))
        .extracting(ProfileEntry::phase)
        .containsOnly(StepPhase.FORWARD, StepPhase.BACKWARD);
  }

  @Test
  void the_optimizer_is_one_operator_of_no_layer() {
    assertThat(training(convolutions()).entries())
        .filteredOn(entry -> entry.phase() == StepPhase.UPDATE)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.operator()).isEqualTo("Optimizer");
              assertThat(entry.layers()).isEmpty();
              assertThat(entry.calls()).isEqualTo(2);
              assertThat(entry.milliseconds()).isPositive();
            });
  }

  @Test
  void halves_of_a_step_are_profiled_like_whole_ones() {
    Profile profile =
        new OnnxProfiler(new OnnxBackend())
            .training(
                PLAN,
                Checkpoint.start(convolutions(), 1),
                RunOptions.DEFAULT,
                new ProfileLength(1, 2),
                session -> {
                  session.accumulate(images(), classes());
                  session.update(1e-3);
                });
    assertThat(profile.entries())
        .extracting(ProfileEntry::phase)
        .contains(StepPhase.FORWARD, StepPhase.BACKWARD, StepPhase.UPDATE);
    assertThat(profile.entries())
        .filteredOn(entry -> entry.operator().equals("Conv"))
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.calls() % 2).isZero());
  }

  @Test
  void an_operator_that_runs_others_is_counted_without_them() {
    assumeThat(NchwcBlockSize.ofThisProcessor()).as("block size of NCHWc").isPositive();
    Graph depthwise =
        Graph.build(
            "depthwise",
            Shape.of(3, 8, 8),
            x ->
                x.then("conv", conv(16, 3).same())
                    .then("deep", conv(16, 3).groups(16).padding(1).withoutBias())
                    .then(flatten())
                    .then("fc", dense(3)));
    assertThat(training(depthwise).entries())
        .filteredOn(entry -> entry.layers().equals(List.of("deep")))
        .filteredOn(entry -> entry.phase() == StepPhase.BACKWARD)
        .extracting(ProfileEntry::operator, ProfileEntry::calls)
        .contains(tuple("Scan", 2L), tuple("Conv", 2L));
  }

  @Test
  void layers_that_the_optimiser_fuses_are_named_together() {
    Profile profile =
        new OnnxProfiler(new OnnxBackend())
            .inference(
                convolutions(),
                convolutions().initialWeights(1),
                RunOptions.DEFAULT,
                new ProfileLength(0, 1),
                program -> program.run(images()));
    assertThat(profile.layers())
        .extracting(layer -> layer.layers())
        .contains(List.of("conv", "norm", "relu"), List.of("second"), List.of("fc"))
        .doesNotContain(List.of());
  }

  @Test
  void the_traces_are_deleted(@TempDir Path folder) throws OrtException {
    try (TracedSessions traced = TracedSessions.in(folder);
        OrtSession session =
            traced.open(
                "net",
                OnnxExporter.model(convolutions(), convolutions().initialWeights(1), Map.of()),
                RunOptions.DEFAULT,
                OnnxSessions.FurtherOptions.NONE)) {
      assertThat(folder).isNotEmptyDirectory();
      assertThat(session.getNumInputs()).isOne();
    }
    assertThat(folder).isEmptyDirectory();
  }
}
