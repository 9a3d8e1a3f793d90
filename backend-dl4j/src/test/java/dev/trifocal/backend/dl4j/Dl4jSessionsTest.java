package dev.trifocal.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Activations;
import dev.trifocal.backend.Device;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class Dl4jSessionsTest {
  private static final RunOptions SINGLE = new RunOptions(Device.CPU, 1);

  /** Large enough for operators to share it among threads, which changes the order of sums. */
  private static final Shape SAMPLE = Shape.of(3, 40, 36);

  @Test
  void sessions_in_two_threads_at_once_give_what_each_gives_alone() throws Exception {
    Checkpoint alone = trained(1, 8, SINGLE);
    Checkpoint otherAlone = trained(2, 8, RunOptions.DEFAULT);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Checkpoint> one = threads.submit(() -> trained(1, 8, SINGLE));
      Future<Checkpoint> other = threads.submit(() -> trained(2, 8, RunOptions.DEFAULT));
      assertThat(one.get()).isEqualTo(alone);
      assertThat(other.get()).isEqualTo(otherAlone);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void a_session_with_other_threads_in_between_changes_nothing() {
    Checkpoint start = Checkpoint.start(net(), 1);
    try (TrainingSession first = session(start, RunOptions.DEFAULT);
        TrainingSession second = session(start, SINGLE)) {
      for (int step = 1; step <= 4; step++) {
        step(first, step);
        step(second, step);
      }
      assertThat(first.snapshot()).isEqualTo(trained(1, 4, RunOptions.DEFAULT));
    }
  }

  @Test
  void recomputation_is_refused() {
    RunOptions options = RunOptions.DEFAULT.activations(Activations.RECOMPUTE);
    assertThatThrownBy(() -> session(Checkpoint.start(net(), 1), options))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("dl4j", "cannot recompute", "choose backend onnx");
  }

  @Test
  void a_portable_step_is_refused_because_operators_run_one_by_one() {
    RunOptions options = RunOptions.DEFAULT.portableStep(Path.of("step.onnx"));
    assertThatThrownBy(() -> session(Checkpoint.start(net(), 1), options))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("dl4j", "one by one", "step.onnx", "choose backend onnx");
  }

  private static Checkpoint trained(long seed, int steps, RunOptions options) {
    try (TrainingSession session = session(Checkpoint.start(net(), seed), options)) {
      List<Double> losses = new ArrayList<>();
      for (int step = 1; step <= steps; step++) {
        losses.add(step(session, step));
      }
      assertThat(losses).allMatch(Double::isFinite);
      return session.snapshot();
    }
  }

  private static TrainingSession session(Checkpoint start, RunOptions options) {
    return new Dl4jBackend()
        .train(TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.01)), start, options);
  }

  private static double step(TrainingSession session, int step) {
    RandomStream stream = RandomStream.of(3).at(step);
    Tensor images =
        Tensor.floats(
            SAMPLE.batch(6),
            buffer -> {
              for (int i = 0; i < buffer.capacity(); i++) {
                buffer.put(i, (float) stream.gaussian(i));
              }
            });
    Tensor labels = Tensor.of(Shape.of(6), 0, 1, 2, 3, 2, 1);
    return session.step(Map.of(Graph.INPUT, images), Map.of(Graph.OUTPUT, labels), 0.01).loss();
  }

  private static Graph net() {
    return Graph.build(
        "net",
        SAMPLE,
        x ->
            x.then("conv", Layer.conv(16, 3).padding(1))
                .then("norm", Layer.batchNorm())
                .then(Layer.relu())
                .then(Layer.maxPool(2))
                .then(Layer.flatten())
                .then("drop", Layer.dropout(0.3))
                .then("head", Layer.dense(4)));
  }
}
