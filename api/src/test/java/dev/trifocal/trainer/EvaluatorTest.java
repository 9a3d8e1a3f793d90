package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Batch;
import dev.trifocal.data.Blobs;
import dev.trifocal.data.CorruptDataset;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.Objective;
import dev.trifocal.train.SoftmaxCrossEntropy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final Dataset DATA = ToyProblem.DATA.validation().orElseThrow();

  @Test
  void aProgramFromTheBestCheckpointGivesTheDigitsThatTrainingReported() {
    TrainingResult result =
        ToyProblem.fit(ToyProblem.start(), ToyProblem.OPTIONS, new MemoryCheckpoints());
    TrainingProgress progress = result.last().progress();
    Map<String, Double> reported = progress.history().get(progress.bestEpoch() - 1).metrics();
    Map<String, Double> again = evaluate(result.best(), ToyProblem.OPTIONS, DATA);
    assertThat(again).containsOnlyKeys("loss", "accuracy", "top_2");
    again.forEach((name, value) -> assertThat(reported).containsEntry("val_" + name, value));
  }

  @Test
  void everySampleWeighsTheSameWhateverTheBatchSize() {
    TrainingState state =
        ToyProblem.fit(ToyProblem.start(), ToyProblem.OPTIONS, new MemoryCheckpoints()).best();
    Map<String, Double> whole = evaluate(state, ToyProblem.OPTIONS.batchSize(17), DATA);
    for (int batchSize : new int[] {1, 5, 16, 40}) {
      Map<String, Double> parts = evaluate(state, ToyProblem.OPTIONS.batchSize(batchSize), DATA);
      whole.forEach((name, value) -> assertThat(parts.get(name)).isCloseTo(value, within(1e-6)));
    }
    assertThat(whole.get("accuracy") * 17)
        .isCloseTo(Math.rint(whole.get("accuracy") * 17), within(1e-9));
  }

  @Test
  void objectivesAddUpByTheirWeights() {
    TrainingState state = ToyProblem.start();
    double one = loss(state, new Objective("output", new SoftmaxCrossEntropy(), 1));
    double smooth =
        loss(state, new Objective("output", new SoftmaxCrossEntropy().labelSmoothing(0.5), 1));
    double both =
        loss(
            state,
            new Objective("output", new SoftmaxCrossEntropy(), 2),
            new Objective("output", new SoftmaxCrossEntropy().labelSmoothing(0.5), 0.25));
    assertThat(one).isNotEqualTo(smooth);
    assertThat(both).isCloseTo(2 * one + 0.25 * smooth, within(1e-6));
  }

  @Test
  void whereEveryLabelIsIgnoredTheLossIsZero() {
    SoftmaxCrossEntropy ignoring = new SoftmaxCrossEntropy().ignoreIndex(-1);
    Dataset unlabelled =
        new CorruptDataset(
            DATA,
            (indices, batch) -> {
              long[] labels = new long[indices.length];
              Arrays.fill(labels, -1);
              return Batch.of(batch.input(), Tensor.of(Shape.of(indices.length), labels));
            });
    Evaluator evaluator = evaluator(new Objective("output", ignoring, 1));
    assertThat(evaluate(ToyProblem.start(), evaluator, unlabelled)).containsEntry("loss", 0.0);
  }

  @Test
  void eachBatchIsReported() {
    List<ValidationEvent> events = new ArrayList<>();
    Callback listener =
        new Callback() {
          @Override
          public void validationBatchEnded(ValidationEvent validation) {
            events.add(validation);
          }
        };
    evaluate(
        ToyProblem.start(), Evaluator.of(ToyProblem.start(), ToyProblem.OPTIONS, listener), DATA);
    assertThat(events)
        .containsExactly(
            new ValidationEvent(1, 3), new ValidationEvent(2, 3), new ValidationEvent(3, 3));
  }

  @Test
  void largeResultsAreFreedWhileItRuns() {
    TrainingState state = ToyProblem.start();
    Evaluator evaluator = Evaluator.of(state, ToyProblem.OPTIONS.batchSize(1), Callbacks.none());
    List<Long> taken = new ArrayList<>();
    long before = DirectMemory.used();
    try (Program small =
        new LinearBackend()
            .compile(evaluator.graph(), state.checkpoint().weights(), RunOptions.DEFAULT)) {
      evaluator.evaluate(
          new Program() {
            @Override
            public Map<String, Tensor> run(Map<String, Tensor> inputs) {
              Map<String, Tensor> results = new LinkedHashMap<>(small.run(inputs));
              results.put("large", Tensor.floats(Shape.of(2 << 20), values -> {}));
              taken.add(DirectMemory.used() - before);
              return results;
            }

            @Override
            public void close() {}
          },
          DATA);
    }
    long all = (long) taken.size() * (8 << 20);
    assertThat(taken).hasSize(17).allMatch(bytes -> bytes < all / 2);
  }

  @Test
  void dataThatDoNotFitAreRefused() {
    Evaluator evaluator = Evaluator.of(ToyProblem.start(), ToyProblem.OPTIONS, Callbacks.none());
    assertThatThrownBy(() -> evaluate(ToyProblem.start(), evaluator, Blobs.of("none", 0, 1)))
        .isInstanceOf(DataException.class)
        .hasMessage("none has no samples");
    Evaluator squared = evaluator(new Objective("output", new MeanSquaredError(), 1));
    assertThatThrownBy(() -> evaluate(ToyProblem.start(), squared, DATA))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("labels must be float32 or int64 of the output's shape [5, 3]");
  }

  private static Evaluator evaluator(Objective... objectives) {
    LossGraph loss = LossGraph.of(ToyProblem.GRAPH, List.of(objectives));
    return new Evaluator(loss, List.of(), 5, 1, Callbacks.none());
  }

  private static double loss(TrainingState state, Objective... objectives) {
    return evaluate(state, evaluator(objectives), DATA).get("loss");
  }

  private static Map<String, Double> evaluate(
      TrainingState state, FitOptions options, Dataset data) {
    return evaluate(state, Evaluator.of(state, options, Callbacks.none()), data);
  }

  private static Map<String, Double> evaluate(
      TrainingState state, Evaluator evaluator, Dataset data) {
    try (Program program =
        new LinearBackend()
            .compile(evaluator.graph(), state.checkpoint().weights(), RunOptions.DEFAULT)) {
      return evaluator.evaluate(program, data);
    }
  }
}
