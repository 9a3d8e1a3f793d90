package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.error.WeightsException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Objective;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Opening and closing of sessions and programs, and several open at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LifecycleContract {
  private static final Shape LARGE_BATCH = Shape.of(32, 2, 40, 30);

  /** A sixth of the smallest leak of a thousand steps, that of their inputs, in bytes. */
  private static final long FORGOTTEN = 1000 * LARGE_BATCH.elements() * Float.BYTES / 6;

  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.LIFECYCLE, () -> backend().name());

  /** The backend under test. */
  protected abstract Backend backend();

  @Test
  void the_backend_says_its_name_its_engine_and_its_devices() {
    assertThat(backend().name()).matches("[a-z0-9]+");
    assertThat(backend().engine()).matches(".+ \\d+[.].*");
    assertThat(backend().devices()).contains(Device.CPU);
  }

  @Test
  void a_closed_program_refuses_to_run_and_may_be_closed_again() {
    Graph net = PracticeNetworks.net();
    Program program = backend().compile(net, net.initialWeights(1), RunOptions.DEFAULT);
    program.close();
    assertThatIllegalStateException().isThrownBy(() -> program.run(PracticeNetworks.inputs(1, 2)));
    assertThatCode(program::close).doesNotThrowAnyException();
  }

  @Test
  void a_closed_session_refuses_everything_and_may_be_closed_again() {
    TrainingSession session = session();
    session.close();
    assertThatIllegalStateException()
        .isThrownBy(
            () -> session.step(PracticeNetworks.inputs(1, 2), PracticeNetworks.labels(1, 2), 0.1));
    assertThatIllegalStateException()
        .isThrownBy(() -> session.predict(PracticeNetworks.inputs(1, 2)));
    assertThatIllegalStateException().isThrownBy(session::snapshot);
    assertThatCode(session::close).doesNotThrowAnyException();
  }

  @Test
  void a_snapshot_and_outputs_outlive_their_session() {
    TrainingSession session = session();
    PracticeNetworks.steps(session, 1, 2);
    Checkpoint snapshot = session.snapshot();
    float[] before = snapshot.weights().tensor("head.weight").toFloats();
    Tensor output = session.predict(PracticeNetworks.inputs(1, 2)).get(Graph.OUTPUT);
    float[] values = output.toFloats();
    PracticeNetworks.steps(session, 3, 4);
    session.close();
    assertThat(snapshot.weights().tensor("head.weight").toFloats()).containsExactly(before);
    assertThat(output.toFloats()).containsExactly(values);
  }

  @Test
  void a_snapshot_lists_the_weights_in_the_order_of_the_graph() {
    Graph graph = PracticeNetworks.net().freezeOnly(node -> node.path().equals("head"));
    try (TrainingSession session =
        backend().train(PracticeNetworks.plan(), Checkpoint.start(graph, 1), RunOptions.DEFAULT)) {
      assertThat(session.snapshot().weights().tensors().keySet())
          .containsExactlyElementsOf(graph.weightShapes().keySet());
    }
  }

  @Test
  void two_sessions_at_once_do_not_disturb_one_another() {
    try (TrainingSession alone = session();
        TrainingSession first = session();
        TrainingSession second = session()) {
      List<Double> expected = PracticeNetworks.steps(alone, 1, 3);
      for (int step = 1; step <= 3; step++) {
        assertThat(PracticeNetworks.steps(first, step, step))
            .containsExactly(expected.get(step - 1));
        PracticeNetworks.steps(second, step + 50, step + 50);
      }
    }
  }

  @Test
  void a_device_that_is_not_there_is_refused() {
    RunOptions options = new RunOptions(new Device(Device.Kind.GPU, 999), 0);
    Graph net = PracticeNetworks.net();
    Checkpoint start = Checkpoint.start(net, 1);
    assertThatThrownBy(() -> backend().compile(net, start.weights(), options))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("gpu:999");
    assertThatThrownBy(() -> backend().train(PracticeNetworks.plan(), start, options))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("gpu:999");
  }

  @Test
  void weights_that_do_not_fit_are_refused() {
    assertThatThrownBy(
            () -> backend().compile(PracticeNetworks.net(), Weights.NONE, RunOptions.DEFAULT))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("head.weight");
  }

  @Test
  void an_objective_on_an_output_that_is_not_there_is_refused() {
    Objective objective = new Objective("colour", new SoftmaxCrossEntropy(), 1);
    TrainingPlan plan = new TrainingPlan(List.of(objective), Sgd.of(1), new Schedule.Constant());
    Checkpoint start = Checkpoint.start(PracticeNetworks.net(), 1);
    assertThatThrownBy(() -> backend().train(plan, start, RunOptions.DEFAULT))
        .isInstanceOf(TrifocalException.class)
        .hasMessageContaining("colour");
  }

  @Test
  void one_thread_and_two_threads_agree() {
    Graph net = PracticeNetworks.net();
    Weights weights = net.initialWeights(1);
    Map<String, Tensor> inputs = PracticeNetworks.inputs(1, 3);
    try (Program one = backend().compile(net, weights, new RunOptions(Device.CPU, 1));
        Program two = backend().compile(net, weights, new RunOptions(Device.CPU, 2))) {
      Tensor expected = one.run(inputs).get(Graph.OUTPUT);
      Tensor actual = two.run(inputs).get(Graph.OUTPUT);
      MaxDeviation.require("output", actual, expected, MaxDeviation.FORWARD);
    }
  }

  @Test
  void a_thousand_steps_and_predictions_take_no_more_memory() {
    Assumptions.assumeTrue(ResidentMemory.known(), "requires /proc/self/status");
    Checkpoint start = Checkpoint.start(large(), 1);
    try (TrainingSession session =
        backend().train(PracticeNetworks.plan(), start, RunOptions.DEFAULT)) {
      // The first steps grow the heap and the engine's arena.
      long before = afterSteps(session, 300);
      long growth = afterSteps(session, 1000) - before;
      assertThat(growth).isLessThan(FORGOTTEN);
    }
  }

  @Test
  void the_first_step_frees_the_checkpoint_that_the_session_has_copied() {
    Graph graph = wide();
    Weights start = graph.initialWeights(1);
    WeakReference<Weights> kept = new WeakReference<>(start);
    TrainingSession session =
        backend()
            .train(PracticeNetworks.plan(), Checkpoint.start(graph, start, 1), RunOptions.DEFAULT);
    start = null;
    try (session) {
      PracticeNetworks.steps(session, 1, 1);
      assertThat(kept.get()).as("weights of the start").isNull();
    }
  }

  /** A network with 2 MiB of weights. */
  private static Graph wide() {
    return Graph.build(
        "wide",
        PracticeNetworks.SAMPLE,
        x ->
            x.then(Layer.flatten())
                .then("hidden", Layer.dense(8192))
                .then("head", Layer.dense(PracticeNetworks.CLASSES)));
  }

  /** A network with 150 KiB of weights and twice as much for Adam; a batch of 32 has 300 KiB. */
  private static Graph large() {
    return Graph.build(
        "large",
        LARGE_BATCH.sample(),
        x ->
            x.then(Layer.flatten())
                .then("hidden", Layer.dense(16))
                .then(Layer.relu())
                .then("drop", Layer.dropout(0.5))
                .then("head", Layer.dense(PracticeNetworks.CLASSES)));
  }

  /**
   * Returns the memory after some steps, in bytes. Collects garbage regularly, because late
   * collection would let malloc's arenas grow.
   */
  private static long afterSteps(TrainingSession session, int steps) {
    Tensor images = PracticeNetworks.noise("large", 1, LARGE_BATCH);
    long bytes = 0;
    for (int step = 1; step <= steps; step++) {
      // A new copy each time, as from a loader, so that leaked references add up.
      Tensor copy = Tensor.floats(images.shape(), buffer -> buffer.put(images.floats()));
      session.step(Map.of(Graph.INPUT, copy), PracticeNetworks.labels(step, 32), 0.001);
      if (step % 10 == 0) {
        session.predict(Map.of(Graph.INPUT, copy));
        session.snapshot();
      }
      if (step % 50 == 0) {
        bytes = ResidentMemory.settled();
      }
    }
    return bytes;
  }

  private TrainingSession session() {
    Checkpoint start = Checkpoint.start(PracticeNetworks.net(), 1);
    return backend().train(PracticeNetworks.plan(), start, RunOptions.DEFAULT);
  }
}
