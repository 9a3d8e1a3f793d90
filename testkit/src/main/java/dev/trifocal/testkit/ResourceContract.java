package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.train.Checkpoint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Memory and threads: closing frees memory, runs do not leak, and concurrent threads do not
 * interfere.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ResourceContract {
  private static final Shape BATCH = Shape.of(32, 2, 40, 30);
  private static final int RUNS = 1000;

  /** A sixth of the smallest leak of a thousand runs, that of their inputs, in bytes. */
  private static final long FORGOTTEN = RUNS * BATCH.elements() * Float.BYTES / 6;

  private static final int USERS = 8;
  private static final int OPENINGS = 25;
  private static final int ROUNDS = 4;

  /**
   * The size of the weights of the network that is opened and closed, 6 MB; Adam's slots take twice
   * as much. Memory held in reserve by malloc varies by twenty times that.
   */
  private static final long WEIGHTS = 640L * 2400 * Float.BYTES;

  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.RESOURCES, () -> backend().name());

  /** The backend under test. */
  protected abstract Backend backend();

  @Test
  void a_thousand_runs_of_a_program_take_no_more_memory() {
    Assumptions.assumeTrue(ResidentMemory.known(), "there is no /proc/self/status here");
    Graph net = wide(16);
    try (Program program = backend().compile(net, net.initialWeights(1), RunOptions.DEFAULT)) {
      // The first runs grow the heap and the engine's arena.
      long before = afterRuns(program, RUNS / 3);
      long after = afterRuns(program, RUNS);
      assertThat(after - before).isLessThan(FORGOTTEN);
    }
  }

  @Test
  void programs_and_sessions_that_are_closed_leave_no_memory_behind() {
    Assumptions.assumeTrue(ResidentMemory.known(), "there is no /proc/self/status here");
    Checkpoint start = Checkpoint.start(wide(640), 1);
    long last = afterOpenings(start, OPENINGS);
    long smallest = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long now = afterOpenings(start, OPENINGS);
      smallest = Math.min(smallest, now - last);
      last = now;
    }
    // Leaks recur in every round, whereas malloc's reserve varies, so the smallest growth counts.
    assertThat(smallest).isLessThan(OPENINGS * WEIGHTS / 2);
  }

  @Test
  void two_sessions_in_two_threads_learn_as_each_does_alone() throws Exception {
    List<Double> first = alone(1);
    List<Double> second = alone(2);
    assertThat(first).isNotEqualTo(second);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<List<Double>> one = () -> alone(1);
      Callable<List<Double>> other = () -> alone(2);
      List<Future<List<Double>>> both = threads.invokeAll(List.of(one, other));
      assertThat(both.get(0).get()).isEqualTo(first);
      assertThat(both.get(1).get()).isEqualTo(second);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void a_program_may_be_run_by_several_threads_and_closed_while_they_run() throws Exception {
    Graph net = wide(16);
    Map<String, Tensor> inputs = Map.of(Graph.INPUT, Tensor.floats(BATCH, b -> {}));
    ExecutorService threads = Executors.newFixedThreadPool(USERS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Program program = backend().compile(net, net.initialWeights(1), RunOptions.DEFAULT);
        Tensor expected = program.run(inputs).get(Graph.OUTPUT);
        CountDownLatch running = new CountDownLatch(USERS);
        Callable<String> user =
            () -> {
              running.countDown();
              try {
                while (program.run(inputs).get(Graph.OUTPUT).equals(expected)) {
                  Thread.onSpinWait();
                }
                return "another output";
              } catch (IllegalStateException e) {
                return e.getMessage();
              }
            };
        List<Future<String>> users =
            Stream.generate(() -> threads.submit(user)).limit(USERS).toList();
        running.await();
        program.close();
        for (Future<String> each : users) {
          assertThat(each.get()).isEqualTo(net.name() + ": the program is closed");
        }
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void a_session_made_in_one_thread_can_be_used_and_closed_in_another() throws Exception {
    List<Double> expected = alone(1);
    TrainingSession session = session(1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      assertThat(other.submit(() -> PracticeNetworks.steps(session, 1, 8)).get())
          .isEqualTo(expected);
      other.submit(session::close).get();
    } finally {
      other.shutdown();
    }
  }

  @TestFactory
  Stream<DynamicTest> training_with_one_thread_and_with_two_agrees() {
    return LossCurve.all().stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> agrees(one)));
  }

  @Test
  void a_program_and_a_session_of_one_graph_work_in_turns() {
    Graph net = PracticeNetworks.net();
    Checkpoint start = Checkpoint.start(net, 1);
    Map<String, Tensor> inputs = PracticeNetworks.inputs(1, 3);
    List<Double> expected = alone(1);
    try (Program program = backend().compile(net, start.weights(), RunOptions.DEFAULT);
        TrainingSession session = session(1)) {
      Map<String, Tensor> before = program.run(inputs);
      for (int step = 1; step <= expected.size(); step++) {
        assertThat(PracticeNetworks.steps(session, step, step))
            .containsExactly(expected.get(step - 1));
        assertThat(program.run(inputs)).isEqualTo(before);
      }
    }
  }

  private void agrees(LossCurve curve) {
    GoldenValues golden = GoldenValues.load("curves");
    Checkpoint start = curve.start(golden);
    RunOptions single = new RunOptions(Device.CPU, 1);
    RunOptions twofold = new RunOptions(Device.CPU, 2);
    try (TrainingSession one = backend().train(curve.plan(), start, single);
        TrainingSession two = backend().train(curve.plan(), start, twofold)) {
      List<Double> expected = curve.steps(one, golden, 1, 8);
      List<Double> actual = curve.steps(two, golden, 1, 8);
      for (int i = 0; i < expected.size(); i++) {
        String what = "loss " + i + " with two threads";
        double off =
            MaxDeviation.require(what, actual.get(i), expected.get(i), MaxDeviation.TRAJECTORY);
        report.add("threads", "loss", off);
      }
    }
  }

  private List<Double> alone(long seed) {
    try (TrainingSession session = session(seed)) {
      return PracticeNetworks.steps(session, 1, 8);
    }
  }

  private TrainingSession session(long seed) {
    Checkpoint start = Checkpoint.start(PracticeNetworks.net(), seed);
    return backend().train(PracticeNetworks.plan(), start, RunOptions.DEFAULT);
  }

  private static Graph wide(int units) {
    return Graph.build(
        "wide",
        BATCH.sample(),
        x ->
            x.then(Layer.flatten())
                .then("hidden", Layer.dense(units))
                .then(Layer.relu())
                .then("head", Layer.dense(PracticeNetworks.CLASSES)));
  }

  private static long afterRuns(Program program, int runs) {
    Tensor images = PracticeNetworks.noise("wide", 1, BATCH);
    for (int run = 1; run <= runs; run++) {
      // A new copy each time, as from a loader, so that leaked references add up.
      Tensor copy = Tensor.floats(BATCH, buffer -> buffer.put(images.floats()));
      program.run(Map.of(Graph.INPUT, copy));
      if (run % 100 == 0) {
        ResidentMemory.settled();
      }
    }
    return ResidentMemory.settled();
  }

  private long afterOpenings(Checkpoint start, int openings) {
    Map<String, Tensor> inputs = Map.of(Graph.INPUT, PracticeNetworks.noise("wide", 1, BATCH));
    for (int i = 0; i < openings; i++) {
      try (TrainingSession session =
              backend().train(PracticeNetworks.plan(), start, RunOptions.DEFAULT);
          Program program = backend().compile(start.graph(), start.weights(), RunOptions.DEFAULT)) {
        session.step(inputs, PracticeNetworks.labels(1, BATCH.size(0)), 0.001);
        program.run(inputs);
      }
      if (i % 25 == 24) {
        ResidentMemory.settled();
      }
    }
    return ResidentMemory.settled();
  }
}
