package dev.trifocal.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.backend.Activations;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What PyTorch keeps per thread or per process must not show. */
class DjlSessionTest {
  private static final TrainingPlan PLAN =
      TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.01));

  private final DjlBackend backend = new DjlBackend();

  @Test
  void sessions_in_several_threads_train_as_each_does_alone() throws Exception {
    List<Double> first = losses(1, 2, new CyclicBarrier(1));
    List<Double> second = losses(2, 1, new CyclicBarrier(1));
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<List<Double>> one = threads.submit(() -> losses(1, 2, together));
      Future<List<Double>> two = threads.submit(() -> losses(2, 1, together));
      assertThat(one.get()).isEqualTo(first);
      assertThat(two.get()).isEqualTo(second);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void a_session_may_move_to_another_thread() throws Exception {
    List<Double> alone = losses(1, 1, new CyclicBarrier(1));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (TrainingSession session = session(1, 1)) {
      for (int step = 0; step < alone.size(); step++) {
        int now = step;
        double loss = now % 2 == 0 ? loss(session, now) : inside(thread, session, now);
        assertThat(loss).isEqualTo(alone.get(now));
      }
    } finally {
      thread.shutdown();
    }
  }

  @Test
  void a_run_uses_the_threads_of_its_options() {
    Graph net = net();
    for (int threads : new int[] {1, 3, 2}) {
      RunOptions options = new RunOptions(Device.CPU, threads);
      try (Program program = backend.compile(net, net.initialWeights(1), options)) {
        program.run(images(1));
        assertThat(JniUtils.getNumThreads()).isEqualTo(threads);
      }
    }
    try (Program program = backend.compile(net, net.initialWeights(1), RunOptions.DEFAULT)) {
      program.run(images(1));
      assertThat(JniUtils.getNumThreads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }
  }

  @Test
  void the_callers_own_recording_of_gradients_is_left_as_it_was() {
    try (TrainingSession session = session(1, 1)) {
      for (boolean recording : new boolean[] {true, false}) {
        JniUtils.setGradMode(recording);
        loss(session, 0);
        session.predict(images(1));
        assertThat(JniUtils.isGradMode()).isEqualTo(recording);
      }
    }
  }

  @Test
  void steps_predictions_and_snapshots_leave_nothing_behind_but_the_state() {
    int before = arrays();
    try (TrainingSession session = session(1, 1)) {
      int state = arrays();
      for (int step = 0; step < 3; step++) {
        loss(session, step);
        session.predict(images(step));
        session.snapshot();
        assertThat(arrays()).isEqualTo(state);
      }
    }
    assertThat(arrays()).isEqualTo(before);
  }

  /** How many arrays are open in this process. */
  private static int arrays() {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      return manager.getParentManager().getManagedArrays().size();
    }
  }

  @Test
  void activations_cannot_be_recomputed() {
    RunOptions options = RunOptions.DEFAULT.activations(Activations.RECOMPUTE);
    assertThatThrownBy(() -> backend.train(PLAN, Checkpoint.start(net(), 1), options))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "backend djl keeps all activations for the backward pass and cannot recompute them;"
                + " choose backend onnx, or train without recompute");
  }

  @Test
  void there_is_no_portable_step() {
    RunOptions options = RunOptions.DEFAULT.portableStep(Path.of("step.txt"));
    assertThatThrownBy(() -> backend.train(PLAN, Checkpoint.start(net(), 1), options))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "backend djl cannot write its training step to step.txt, because PyTorch runs operators"
                + " one by one; choose backend onnx");
  }

  private static double inside(ExecutorService thread, TrainingSession session, int step)
      throws Exception {
    return thread.submit(() -> loss(session, step)).get();
  }

  private List<Double> losses(long seed, int threads, CyclicBarrier together) throws Exception {
    List<Double> result = new ArrayList<>();
    try (TrainingSession session = session(seed, threads)) {
      for (int step = 0; step < 12; step++) {
        together.await();
        result.add(loss(session, step));
        session.predict(images(step));
      }
    }
    return result;
  }

  private TrainingSession session(long seed, int threads) {
    RunOptions options = new RunOptions(Device.CPU, threads);
    return backend.train(PLAN, Checkpoint.start(net(), seed), options);
  }

  private static double loss(TrainingSession session, int step) {
    Tensor labels = Tensor.of(Shape.of(4), 0, 2, 1, step % 3);
    return session.step(images(step), Map.of(Graph.OUTPUT, labels), 0.01).loss();
  }

  private static Graph net() {
    return Graph.build(
        "small",
        Shape.of(2, 12, 10),
        x ->
            x.then("conv", Layer.conv(8, 3).padding(1))
                .then("norm", Layer.batchNorm())
                .then(Layer.relu())
                .then(Layer.maxPool(2))
                .then(Layer.flatten())
                .then("drop", Layer.dropout(0.3))
                .then("head", Layer.dense(3)));
  }

  private static Map<String, Tensor> images(long step) {
    RandomStream stream = RandomStream.of(9).at("images").at(step);
    return Map.of(
        Graph.INPUT,
        Tensor.floats(
            Shape.of(4, 2, 12, 10),
            buffer -> {
              for (int i = 0; i < buffer.capacity(); i++) {
                buffer.put(i, (float) stream.gaussian(i));
              }
            }));
  }
}
