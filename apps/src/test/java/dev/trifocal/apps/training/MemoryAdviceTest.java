package dev.trifocal.apps.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.apps.run.TrainingRun;
import dev.trifocal.backend.Activations;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.backend.UnsupportedNode;
import dev.trifocal.config.MemorySize;
import dev.trifocal.config.SettingsSources;
import dev.trifocal.error.BackendException;
import dev.trifocal.error.EngineMemoryException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A training that has run out of memory is told with what helps")
class MemoryAdviceTest {
  private static final Graph GRAPH =
      Graph.build("toy", Shape.of(1, 2, 3), x -> x.then(Layer.flatten()).then(Layer.dense(3)));

  @TempDir Path folder;

  private final EngineMemoryException failure =
      EngineMemoryException.of("toy: step", "no 5 bytes\nframe #0", new IllegalStateException());

  /**
   * Predicts a MiB per sample and 8 per slot, and for recomputation half as much for samples.
   *
   * @param total returns all predictions, or throws
   */
  private record Predicting(String name, Function<Long, Optional<Long>> total) implements Backend {
    @Override
    public Optional<StepMemory> stepMemory(
        TrainingPlan plan, Graph graph, StepSize size, RunOptions options) {
      assertThat(options.typicalBatchSize(size.batchSize())).isEqualTo(options);
      long samples = (long) size.batchSize() << 20;
      long values = options.activations() == Activations.KEEP ? samples : samples / 2;
      long slots = (long) plan.optimizer().slots().size() << 23;
      return total.apply(values + slots).map(sum -> new StepMemory(sum, 0, 0, 0, 0, 0, 0, 0));
    }

    @Override
    public String engine() {
      return "a formula";
    }

    @Override
    public List<Device> devices() {
      return List.of(Device.CPU);
    }

    @Override
    public List<String> limits() {
      return List.of();
    }

    @Override
    public List<UnsupportedNode> unsupported(Graph graph) {
      return List.of();
    }

    @Override
    public Program compile(Graph graph, Weights weights, RunOptions options) {
      throw new AssertionError("nothing is compiled here");
    }

    @Override
    public TrainingSession train(TrainingPlan plan, Checkpoint start, RunOptions options) {
      throw new AssertionError("nothing is trained here");
    }
  }

  @Test
  void theWholeMessage() {
    assertThat(advice("onnx", Map.of()).about(failure))
        .hasMessage(
            "toy ran out of memory on onnx with batches of 64, whose steps are predicted to take"
                + " 80 MiB above the idle process. A new run with --batch-size 32 --accumulate 2"
                + " (48 MiB) trains with the same number of samples per step; --recompute needs less"
                + " (48 MiB); --optimizer sgd keeps no state (64 MiB); smaller images (--size) need"
                + " less; or raise the limit of the process or container. No checkpoint had been"
                + " saved yet (no 5 bytes)");
  }

  @Test
  void itKeepsTheReasonAndTheFailure() {
    EngineMemoryException told = advice("onnx", Map.of()).about(failure);
    assertThat(told).hasCause(failure);
    assertThat(told.reason()).isEqualTo(failure.reason());
  }

  @Test
  void batchesThatAreAccumulatedAlreadyAreHalvedFurther() {
    assertThat(message("onnx", Map.of("batch-size", "6", "accumulate", "5")))
        .startsWith("toy ran out of memory on onnx with batches of 5 x 6, whose steps")
        .contains("--batch-size 3 --accumulate 10 (19 MiB)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "63"})
  void anOddBatchIsNotHalved(String batchSize) {
    assertThat(message("onnx", Map.of("batch-size", batchSize)))
        .doesNotContain("--batch-size")
        .contains(". --recompute needs less");
  }

  @Test
  void onlyOnnxRecomputes() {
    assertThat(message("djl", Map.of())).doesNotContain("--recompute").contains("on djl with");
  }

  @Test
  void whatIsRecomputedAlreadyIsNoAdvice() {
    assertThat(message("onnx", Map.of("recompute", "true")))
        .doesNotContain("--recompute")
        .contains("predicted to take 48 MiB", "--batch-size 32 --accumulate 2 (32 MiB)");
  }

  @Test
  void anOptimizerWithoutStateIsNotReplaced() {
    assertThat(advice("onnx", Map.of(), Sgd.of(0.1)).about(failure).getMessage())
        .doesNotContain("--optimizer");
    assertThat(advice("onnx", Map.of(), Sgd.of(0.1).momentum(0.9)).about(failure).getMessage())
        .contains("--optimizer sgd keeps no state (64 MiB)");
  }

  @Test
  void aCheckpointIsNamedWithTheWayToGoOn() {
    MemoryAdvice advice = advice("onnx", Map.of());
    advice
        .run()
        .directory()
        .last(
            TrainingState.start(
                Checkpoint.start(GRAPH, 1),
                advice.plan(),
                List.of(new Accuracy(Graph.OUTPUT)),
                List.of("a", "b", "c")));
    String kept =
        "The last checkpoint is intact: --resume %s continues from there".formatted(folder);
    assertThat(advice.about(failure).getMessage()).contains(". " + kept + " (no 5 bytes)");
    assertThat(advice.aboutFull(new MemorySize(1L << 30))).endsWith(". " + kept);
  }

  @Test
  void figuresAreLeftOutWhereTheEngineDoesNotPredict() {
    assertWithoutFigures(sum -> Optional.empty());
  }

  @Test
  void figuresAreLeftOutWhereTheRestOfTheMemoryDoesNotSuffice() {
    assertWithoutFigures(
        sum -> {
          throw new OutOfMemoryError("no memory for a prediction");
        });
    assertWithoutFigures(
        sum -> {
          throw new BackendException("no memory", new IllegalStateException());
        });
  }

  private void assertWithoutFigures(Function<Long, Optional<Long>> total) {
    assertThat(advice(new Predicting("onnx", total), Map.of(), Adam.of(0.1)).about(failure))
        .hasMessageStartingWith(
            "toy ran out of memory on onnx with batches of 64. A new run with --batch-size 32"
                + " --accumulate 2 trains with the same number of samples per step; --recompute"
                + " needs less; --optimizer sgd keeps no state; smaller images");
  }

  @Test
  void memoryOfJavaOutsideItsHeapIsToldInTheSameWay() {
    OutOfMemoryError error = new OutOfMemoryError("Cannot reserve 5 bytes of direct memory");
    assertThat(advice("onnx", Map.of()).about(error))
        .hasMessageStartingWith("toy ran out of memory on onnx with batches of 64")
        .hasMessageEndingWith(" (Java: Cannot reserve 5 bytes of direct memory)")
        .hasRootCause(error);
    assertThat(advice("onnx", Map.of()).about(new OutOfMemoryError()).reason())
        .isEqualTo("Java: null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Java heap space", "GC overhead limit exceeded"})
  void theHeapHasCuresOfItsOwn(String message) {
    OutOfMemoryError error = new OutOfMemoryError(message);
    assertThatThrownBy(() -> advice("onnx", Map.of()).about(error)).isSameAs(error);
  }

  @Test
  void aFullContainerIsToldWithoutPredictions() {
    Backend unable =
        new Predicting(
            "djl",
            sum -> {
              throw new AssertionError("there is no memory for a prediction");
            });
    assertThat(advice(unable, Map.of(), Adam.of(0.1)).aboutFull(new MemorySize(1L << 30)))
        .isEqualTo(
            "toy on djl with batches of 64 has used up the memory of the container, 1.0 GiB; start a"
                + " new run without --memory, or with less, so that batches are divided to fit, or"
                + " with --optimizer sgd, smaller images (--size), or raise the limit of the container."
                + " No checkpoint had been saved yet");
  }

  private String message(String backend, Map<String, String> flags) {
    return advice(backend, flags).about(failure).getMessage();
  }

  private MemoryAdvice advice(String backend, Map<String, String> flags) {
    return advice(backend, flags, Adam.of(0.1));
  }

  private MemoryAdvice advice(String backend, Map<String, String> flags, Optimizer optimizer) {
    return advice(new Predicting(backend, Optional::of), flags, optimizer);
  }

  private MemoryAdvice advice(Backend backend, Map<String, String> flags, Optimizer optimizer) {
    Map<String, String> all = new HashMap<>(flags);
    all.put("backend", "onnx");
    return new MemoryAdvice(
        new TrainingRun(folder, new SettingsSources(Optional.empty(), Map.of(), all).read()),
        backend,
        TrainingPlan.of(new SoftmaxCrossEntropy(), optimizer),
        GRAPH);
  }
}
