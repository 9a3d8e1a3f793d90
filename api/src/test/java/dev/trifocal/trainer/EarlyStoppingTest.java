package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Blobs;
import dev.trifocal.data.Splits;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.MeanIou;
import dev.trifocal.metric.Metric;
import dev.trifocal.train.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
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
  void theBestHasTheHighestMeanIouWhereItIsMeasured() {
    List<Metric> pixels = List.of(new Accuracy("output"), new MeanIou("output"));
    assertThat(best(pixels, "val_mean_iou", 0.5, 0.9, 0.7)).isEqualTo(new BestEpoch(2, 0.9));
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
  void ofEqualAccuraciesTheLowerValidationLossIsTheBest() {
    List<Metric> accuracy = List.of(new Accuracy("output"));
    List<EpochRecord> history =
        List.of(validated(1, 0.8, 0.5), validated(2, 0.8, 0.3), validated(3, 0.8, 0.4));
    assertThat(BestEpoch.of(history, accuracy, Optional.empty())).isEqualTo(new BestEpoch(2, 0.8));
    assertThat(BestEpoch.of(history.subList(1, 3), accuracy, Optional.empty()).epoch())
        .isEqualTo(2);
    List<EpochRecord> alike = List.of(validated(1, 0.8, 0.3), validated(2, 0.8, 0.3));
    assertThat(BestEpoch.of(alike, accuracy, Optional.empty()).epoch()).isEqualTo(1);
  }

  @Test
  void whatTheBestIsFoundByCanBeChosen() {
    List<Metric> accuracy = List.of(new Accuracy("output"));
    List<EpochRecord> history = List.of(validated(1, 0.9, 0.5), validated(2, 0.8, 0.3));
    assertThat(BestEpoch.of(history, accuracy, Optional.of("loss")))
        .isEqualTo(new BestEpoch(2, 0.3));
    assertThat(BestEpoch.of(history, accuracy, Optional.of("accuracy")))
        .isEqualTo(new BestEpoch(1, 0.9));
  }

  /** Nothing but the loss gets better when every prediction is right from the start. */
  @Test
  void aLowerLossAtTheSameAccuracyIsKeptAndBeginsPatienceAnew() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingResult result =
        ToyProblem.trainer(Callbacks.none())
            .fit(
                ToyProblem.start(),
                ToyProblem.DATA,
                ToyProblem.OPTIONS.epochs(8).patience(2),
                sink,
                StopSignal.NEVER);
    List<EpochRecord> history = result.last().progress().history();
    double highest = value(history, "val_accuracy").max().orElseThrow();
    long equals = value(history, "val_accuracy").filter(value -> value == highest).count();
    assertThat(equals).as("epochs with the highest accuracy").isGreaterThan(3);
    EpochRecord best = history.get(result.best().progress().bestEpoch() - 1);
    assertThat(best.metrics().get("val_loss"))
        .isEqualTo(value(history, "val_loss").min().orElseThrow());
    assertThat(result.ending()).isEqualTo(StopReason.COMPLETED);
  }

  @Test
  void whatIsNotMeasuredCannotSayWhichEpochIsTheBest() {
    FitOptions options = ToyProblem.OPTIONS.bestBy("auc");
    assertThatThrownBy(() -> ToyProblem.fit(ToyProblem.start(), options, new MemoryCheckpoints()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "best-by is 'auc', but only loss, accuracy, top_2 are computed; choose one of these, or"
                + " add the metric");
  }

  private static DoubleStream value(List<EpochRecord> history, String name) {
    return history.stream().mapToDouble(epoch -> epoch.metrics().get(name));
  }

  private static EpochRecord validated(int epoch, double accuracy, double loss) {
    return new EpochRecord(epoch, Map.of("val_accuracy", accuracy, "val_loss", loss), 0.1, 0);
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
    return BestEpoch.of(history, metrics, Optional.empty());
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
