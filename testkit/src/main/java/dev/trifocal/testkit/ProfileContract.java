package dev.trifocal.testkit;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.Profiler;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.profile.LayerTime;
import dev.trifocal.profile.OperatorTime;
import dev.trifocal.profile.Profile;
import dev.trifocal.profile.ProfileLength;
import dev.trifocal.profile.StepPhase;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where a backend with a profiler says that its time goes. */
public abstract class ProfileContract {
  private static final ProfileLength LENGTH = new ProfileLength(2, 3);

  /** The backend under test, which has a profiler. */
  protected abstract Backend backend();

  /** Returns a network of two convolutions, {@code conv} and {@code second}, and a classifier. */
  protected static Graph convolutions() {
    return Graph.build(
        "net",
        Shape.of(3, 8, 8),
        x ->
            x.then("conv", conv(8, 3).same())
                .then("norm", batchNorm())
                .then("relu", relu())
                .then("second", conv(8, 3).same())
                .then("flatten", flatten())
                .then("fc", dense(3)));
  }

  /** Returns a batch of two images for {@link #convolutions}. */
  protected static Map<String, Tensor> images() {
    return Map.of(Graph.INPUT, Tensor.floats(Shape.of(2, 3, 8, 8), buffer -> {}));
  }

  /** Returns the labels of {@link #images}. */
  protected static Map<String, Tensor> classes() {
    return Map.of(Graph.OUTPUT, Tensor.of(Shape.of(2), new long[] {0, 2}));
  }

  /** Profiles two steps of {@link #convolutions}, after another one. */
  protected final Profile training(Optimizer optimizer) {
    return profiler()
        .training(
            TrainingPlan.of(new SoftmaxCrossEntropy(), optimizer),
            Checkpoint.start(convolutions(), 1),
            RunOptions.DEFAULT,
            new ProfileLength(1, 2),
            session -> session.step(images(), classes(), 1e-3));
  }

  @Test
  void the_time_of_a_step_is_that_of_its_operators_and_a_rest() {
    Profile profile = training(LENGTH);
    assertThat(profile.steps()).isEqualTo(3);
    assertSums(profile);
    assertThat(profile.operators())
        .anySatisfy(
            operator -> {
              assertThat(operator.operator()).containsIgnoringCase("conv");
              assertThat(operator.milliseconds()).isPositive();
            });
  }

  @Test
  void the_layers_of_a_step_are_those_of_the_network_and_its_loss() {
    Profile profile = training(LENGTH);
    Graph graph =
        LossGraph.of(PracticeNetworks.net(), PracticeNetworks.plan().objectives()).graph();
    assertLayersOf(graph, profile);
    assertThat(layer(profile, "features.conv").in(StepPhase.FORWARD)).isPositive();
    assertThat(profile.entries())
        .anyMatch(entry -> entry.phase() == StepPhase.BACKWARD)
        .anyMatch(entry -> entry.phase() == StepPhase.UPDATE);
  }

  @Test
  void the_warm_up_does_not_count() {
    assertThat(calls(training(LENGTH))).isEqualTo(calls(training(new ProfileLength(0, 1))));
  }

  @Test
  void profiled_steps_have_the_same_results() {
    List<Double> losses = new ArrayList<>();
    profiler()
        .training(
            PracticeNetworks.plan(),
            start(),
            RunOptions.DEFAULT,
            LENGTH,
            session -> losses.addAll(PracticeNetworks.steps(session, 1, 2)));
    try (TrainingSession session =
        backend().train(PracticeNetworks.plan(), start(), RunOptions.DEFAULT)) {
      for (int i = 0; i < LENGTH.warmUp() + LENGTH.steps(); i++) {
        assertThat(losses.subList(2 * i, 2 * i + 2))
            .isEqualTo(PracticeNetworks.steps(session, 1, 2));
      }
    }
  }

  @Test
  void predictions_are_profiled_too_with_the_same_results() {
    Graph net = PracticeNetworks.net();
    List<Map<String, Tensor>> outputs = new ArrayList<>();
    Consumer<Program> run = program -> outputs.add(program.run(PracticeNetworks.inputs(1, 4)));
    Profile profile =
        profiler().inference(net, net.initialWeights(1), RunOptions.DEFAULT, LENGTH, run);
    assertSums(profile);
    assertLayersOf(net, profile);
    assertThat(profile.entries())
        .extracting(entry -> entry.phase())
        .contains(StepPhase.FORWARD)
        .doesNotContain(StepPhase.BACKWARD, StepPhase.UPDATE);
    try (Program program = backend().compile(net, net.initialWeights(1), RunOptions.DEFAULT)) {
      Map<String, Tensor> expected = program.run(PracticeNetworks.inputs(1, 4));
      assertThat(outputs).hasSize(5).allSatisfy(got -> assertThat(got).isEqualTo(expected));
    }
  }

  @Test
  void a_missing_device_is_refused() {
    RunOptions options = new RunOptions(new Device(Device.Kind.GPU, 999), 0);
    assertThatThrownBy(
            () ->
                profiler()
                    .training(
                        PracticeNetworks.plan(), start(), options, LENGTH, ProfileContract::step))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("gpu:999");
  }

  private Profiler profiler() {
    return backend().profiler().orElseThrow();
  }

  private Profile training(ProfileLength length) {
    return profiler()
        .training(
            PracticeNetworks.plan(), start(), RunOptions.DEFAULT, length, ProfileContract::step);
  }

  private static void step(TrainingSession session) {
    session.step(PracticeNetworks.inputs(1, 4), PracticeNetworks.labels(1, 4), 0.01);
  }

  private static Checkpoint start() {
    return Checkpoint.start(PracticeNetworks.net(), 7);
  }

  private static LayerTime layer(Profile profile, String path) {
    return profile.layers().stream()
        .filter(layer -> layer.layers().contains(path))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Double> calls(Profile profile) {
    return profile.operators().stream()
        .collect(Collectors.toMap(OperatorTime::operator, OperatorTime::calls));
  }

  private static void assertLayersOf(Graph graph, Profile profile) {
    Set<String> paths = graph.nodes().stream().map(Node::path).collect(Collectors.toSet());
    assertThat(profile.layers())
        .allSatisfy(layer -> assertThat(paths).containsAll(layer.layers()))
        .anySatisfy(layer -> assertThat(layer.layers()).contains("features.conv"));
  }

  private static void assertSums(Profile profile) {
    double operators = profile.operators().stream().mapToDouble(OperatorTime::milliseconds).sum();
    double layers = profile.layers().stream().mapToDouble(LayerTime::total).sum();
    assertThat(operators).isPositive().isLessThanOrEqualTo(profile.perStep());
    assertThat(layers).isCloseTo(operators, within(1e-6));
    assertThat(operators + profile.outside()).isCloseTo(profile.perStep(), within(1e-6));
  }
}
