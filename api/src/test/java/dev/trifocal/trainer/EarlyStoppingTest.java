package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Blobs;
import dev.trifocal.data.Splits;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.Metric;
import dev.trifocal.train.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
  private static final List<Metric> NONE = List.of();

  /** Whoever learns from the training data gets worse here. */
  private static final Splits FALSE =
      ToyProblem.validating(Blobs.of("blobs/false", 17, 2).shifted(1));

  @Test
  void stopsWhenPatienceRunsOutAndReturnsTheBestEpoch() {
    TrainingResult result = fit(worsening(), 9, 2, new MemoryCheckpoints());
    assertThat(result.ending()).isEqualTo(StopReason.EARLY_STOPPED);
    assertThat(result.last().progress().history()).hasSize(3);
    assertThat(result.last().progress().bestEpoch()).isEqualTo(1);
    assertThat(result.best().checkpoint().step()).isEqualTo(4);
    EpochRecord first = result.last().progress().history().get(0);
    assertThat(result.last().progress().bestValue()).isEqualTo(first.metrics().get("val_loss"));
    Evaluator evaluator = Evaluator.of(result.best(), ToyProblem.OPTIONS, Callbacks.none());
    try (Program program =
        new LinearBackend()
            .compile(evaluator.graph(), result.best().checkpoint().weights(), RunOptions.DEFAULT)) {
      Map<String, Double> again = evaluator.evaluate(program, FALSE.validation().orElseThrow());
      assertThat(again.get("loss")).isEqualTo(first.metrics().get("val_loss"));
    }
  }

  @Test
  void allEpochsAreDoneWherePatienceIsLongerThanTheyAre() {
    assertThat(fit(worsening(), 3, 3, new MemoryCheckpoints()).ending())
        .isEqualTo(StopReason.COMPLETED);
  }

  @Test
  void epochsBeforeAResumeCountForPatience() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState second = fit(worsening(), 2, 5, sink).last();
    TrainingResult result = fit(second, 9, 2, sink);
    assertThat(result.last().progress().history()).hasSize(3);
    assertThat(result.ending()).isEqualTo(StopReason.EARLY_STOPPED);
    assertThat(result.best().progress().epoch()).isEqualTo(2);
  }

  @Test
  void aTrainingThatWasStoppedEarlyReturnsAtOnceUntilPatienceGrows() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingResult early = fit(worsening(), 9, 2, sink);
    assertThat(fit(early.last(), 20, 2, sink)).isEqualTo(early);
    TrainingResult later = fit(early.last(), 20, 4, sink);
    assertThat(later.last().progress().history()).hasSize(5);
    assertThat(later.ending()).isEqualTo(StopReason.EARLY_STOPPED);
  }

  @Test
  void theBestHasTheHighestValidationAccuracyWhereAccuracyIsMeasured() {
    List<Metric> accuracy = List.of(new Accuracy("output"));
    assertThat(best(accuracy, "val_accuracy", 0.5, 0.9, 0.7)).isEqualTo(new BestEpoch(2, 0.9));
    assertThat(best(accuracy, "val_accuracy", 0.9, 0.9, 0.9)).isEqualTo(new BestEpoch(1, 0.9));
    assertThat(best(accuracy, "val_accuracy", 0, 0, 0.1)).isEqualTo(new BestEpoch(3, 0.1));
  }

  @Test
  void theBestHasTheLowestValidationLossElse() {
    assertThat(best(NONE, "val_loss", 0.5, 0.2, 0.7)).isEqualTo(new BestEpoch(2, 0.2));
    assertThat(best(NONE, "val_loss", 0.2, 0.2)).isEqualTo(new BestEpoch(1, 0.2));
  }

  @Test
  void theTrainingFiguresDecideWhereNothingWasValidated() {
    List<Metric> accuracy = List.of(new Accuracy("output"));
    assertThat(best(accuracy, "accuracy", 0.5, 0.9, 0.7)).isEqualTo(new BestEpoch(2, 0.9));
    assertThat(best(NONE, "loss", 0.5, 0.2, 0.7)).isEqualTo(new BestEpoch(2, 0.2));
  }

  @Test
  void aTrainingWithoutValidationDataHasNoValuesOfThem() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingResult result =
        ToyProblem.trainer(Callbacks.none())
            .fit(
                ToyProblem.start(),
                Splits.of(ToyProblem.DATA.train()),
                ToyProblem.OPTIONS,
                sink,
                StopSignal.NEVER);
    List<EpochRecord> history = result.last().progress().history();
    assertThat(history).hasSize(3);
    for (EpochRecord epoch : history) {
      assertThat(epoch.metrics()).containsOnlyKeys("loss", "accuracy", "top_2");
      assertThat(epoch.validation()).isEmpty();
    }
    assertThat(result.last().progress().bestValue())
        .isEqualTo(history.get(result.best().progress().bestEpoch() - 1).metrics().get("accuracy"));
    TrainingState validated =
        ToyProblem.fit(ToyProblem.start(), ToyProblem.OPTIONS, new MemoryCheckpoints()).last();
    assertThat(result.last().checkpoint()).isEqualTo(validated.checkpoint());
  }

  @Test
  void aValueThatIsNoNumberIsNeverTheBest() {
    assertThat(best(NONE, "val_loss", Double.NaN, 0.2, Double.NaN))
        .isEqualTo(new BestEpoch(2, 0.2));
    assertThat(best(NONE, "val_loss").epoch()).isZero();
    assertThat(best(NONE, "val_loss", Double.NaN).epoch()).isZero();
  }

  private static BestEpoch best(List<Metric> metrics, String key, double... values) {
    List<EpochRecord> history = new ArrayList<>();
    for (double value : values) {
      history.add(new EpochRecord(history.size() + 1, Map.of(key, value), 0.1, 0));
    }
    return BestEpoch.of(history, metrics);
  }

  private static TrainingState worsening() {
    TrainingState state = ToyProblem.start(ToyProblem.plan(Sgd.of(0.5)));
    return TrainingState.start(state.checkpoint(), state.plan(), NONE, state.classes());
  }

  private static TrainingResult fit(
      TrainingState state, int epochs, int patience, CheckpointStore sink) {
    FitOptions options = ToyProblem.OPTIONS.epochs(epochs).patience(patience);
    return ToyProblem.trainer(Callbacks.none()).fit(state, FALSE, options, sink, StopSignal.NEVER);
  }
}
