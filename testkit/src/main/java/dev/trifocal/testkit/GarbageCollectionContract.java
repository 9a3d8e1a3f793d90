package dev.trifocal.testkit;

import static dev.trifocal.layer.Layer.conv;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.testkit.randomgraph.RandomGraph;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Buffers are not collected while an engine uses them, and are when nothing does. Engines read the
 * memory of Java's buffers in place, possibly after Java has dropped its references, so training
 * must give the same results while the garbage collector runs continually.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GarbageCollectionContract {
  private static final int SKETCHES = 10;
  private static final int STEPS = 6;
  private static final int MANY_STEPS = 24;
  private static final int CLASSES = 8;
  private static final int BATCH = 4;

  /** The sizes of a step's scores, and of its encoded labels. */
  private static final long BYTES_PER_STEP = 2L * BATCH * CLASSES * 256 * 256 * Float.BYTES;

  /** The pause between two collections, in nanoseconds. */
  private static final long BREATH = 10_000_000;

  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.GARBAGE, () -> backend().name());

  private final GoldenValues golden = GoldenValues.load("curves");

  /** The backend under test. */
  protected abstract Backend backend();

  @TestFactory
  Stream<DynamicTest> small_nets_learn_the_same_while_garbage_is_collected() {
    return LossCurve.all().stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> unmoved(() -> losses(one))));
  }

  @TestFactory
  Stream<DynamicTest> random_graphs_learn_the_same_while_garbage_is_collected() {
    return IntStream.range(0, SKETCHES)
        .mapToObj(i -> new RandomGraphTrial(RandomGraph.random(i)))
        .filter(trial -> backend().unsupported(trial.graph()).isEmpty())
        .map(trial -> DynamicTest.dynamicTest(trial.name(), () -> unmoved(() -> losses(trial))));
  }

  @Test
  void what_steps_make_on_the_host_does_not_pile_up() {
    Graph pixels =
        Graph.build("pixels", Shape.of(1, 256, 256), image -> image.then("conv", conv(CLASSES, 1)));
    Map<String, Tensor> images =
        Map.of(Graph.INPUT, Tensor.floats(Shape.of(BATCH, 1, 256, 256), values -> {}));
    Map<String, Tensor> labels =
        Map.of(Graph.OUTPUT, Tensor.make(Shape.of(BATCH, 256, 256), DataType.INT64, bytes -> {}));
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), Sgd.of(0.1));
    long most = 0;
    try (TrainingSession session =
        backend().train(plan, Checkpoint.start(pixels, 1), RunOptions.DEFAULT)) {
      session.step(images, labels, 0.1);
      long before = directMemory();
      for (int step = 0; step < MANY_STEPS; step++) {
        session.step(images, labels, 0.1);
        most = Math.max(most, directMemory() - before);
      }
    }
    assertThat(most).isLessThan(MANY_STEPS * BYTES_PER_STEP / 3);
  }

  /** Returns the size of all direct buffers. */
  private static long directMemory() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private static void unmoved(Callable<List<Double>> training) throws Exception {
    List<Double> quiet = training.call();
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService collector = Executors.newSingleThreadExecutor();
    try {
      collector.execute(
          () -> {
            while (!done.get()) {
              System.gc();
              // A collection stops all threads, so back-to-back collections would allow no
              // progress.
              LockSupport.parkNanos(BREATH);
            }
          });
      assertThat(training.call()).isEqualTo(quiet);
    } finally {
      done.set(true);
      collector.shutdown();
    }
  }

  private List<Double> losses(LossCurve curve) {
    try (TrainingSession session =
        backend().train(curve.plan(), curve.start(golden), RunOptions.DEFAULT)) {
      return curve.steps(session, golden, 1, STEPS);
    }
  }

  private List<Double> losses(RandomGraphTrial trial) {
    List<Double> losses = new ArrayList<>();
    try (TrainingSession session =
        backend().train(trial.plan(), trial.start(), RunOptions.DEFAULT)) {
      for (int step = 0; step < STEPS; step++) {
        losses.add(session.step(trial.inputs(), trial.labels(), 0.001).loss());
      }
    }
    return losses;
  }
}
