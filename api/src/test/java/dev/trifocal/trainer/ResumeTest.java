package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Blobs;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Sgd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
  private static final TrainingResult WHOLE =
      ToyProblem.fit(ToyProblem.start(), ToyProblem.OPTIONS, new MemoryCheckpoints());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void stoppedAfterAnyStepAndResumedItEndsAsIfNotStopped(int step) {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingResult stopped = stopAfter(step, ToyProblem.start(), sink);
    assertThat(stopped.ending()).isEqualTo(StopReason.INTERRUPTED);
    assertThat(stopped.last()).isEqualTo(sink.last());
    assertThat(stopped.last().checkpoint().step()).isEqualTo(step);
    assertSame(ToyProblem.fit(stopped.last(), ToyProblem.OPTIONS, sink), WHOLE);
  }

  @Test
  void stoppedAfterEveryStepItStillEndsAsIfNotStopped() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState state = ToyProblem.start();
    for (int step = 1; step <= 11; step++) {
      state = stopAfter(step, state, sink).last();
    }
    assertSame(ToyProblem.fit(state, ToyProblem.OPTIONS, sink), WHOLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void killedAfterAnyStepItGoesOnFromTheLastCheckpointExactly(int step) {
    FitOptions options = ToyProblem.OPTIONS.checkpointEvery(3);
    Saves sink = new Saves(new ArrayList<>(), new MemoryCheckpoints());
    assertThatThrownBy(
            () -> killAfter(step).fit(ToyProblem.start(), ToyProblem.DATA, options, sink, never()))
        .isInstanceOf(Killed.class);
    TrainingState last = sink.newest().orElse(ToyProblem.start());
    assertThat(last.checkpoint().step()).isLessThanOrEqualTo(step).isGreaterThanOrEqualTo(step - 3);
    assertSame(ToyProblem.fit(last, options, sink), WHOLE);
  }

  @Test
  void killedBetweenTheBestAndTheLastCheckpointItRepeatsTheEpoch() {
    MemoryCheckpoints kept = new MemoryCheckpoints();
    CheckpointStore sink =
        new CheckpointStore() {
          @Override
          public void last(TrainingState state) {
            if (state.progress().epoch() == 3) {
              throw new Killed();
            }
            kept.last(state);
          }

          @Override
          public void best(TrainingState state) {
            kept.best(state);
          }

          @Override
          public TrainingState best() {
            return kept.best();
          }
        };
    assertThatThrownBy(() -> ToyProblem.fit(ToyProblem.start(), ToyProblem.OPTIONS, sink))
        .isInstanceOf(Killed.class);
    assertThat(kept.last().progress().epoch()).isEqualTo(2);
    assertThat(kept.best().progress().epoch()).isEqualTo(3);
    assertSame(ToyProblem.fit(kept.last(), ToyProblem.OPTIONS, kept), WHOLE);
  }

  @Test
  void aStopDuringValidationIsFollowedAfterTheEpochIsSaved() {
    AtomicBoolean stop = new AtomicBoolean();
    Callback listener =
        new Callback() {
          @Override
          public void validationBatchEnded(ValidationEvent validation) {
            stop.set(true);
          }
        };
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingResult stopped =
        ToyProblem.trainer(listener)
            .fit(ToyProblem.start(), ToyProblem.DATA, ToyProblem.OPTIONS, sink, stop::get);
    assertThat(stopped.ending()).isEqualTo(StopReason.INTERRUPTED);
    assertThat(stopped.last().progress().history()).hasSize(1);
    assertSame(ToyProblem.fit(stopped.last(), ToyProblem.OPTIONS, sink), WHOLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 12})
  void aStopAfterTheLastBatchOfAnEpochDoesNotWaitForValidation(int step) {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState stopped = stopAfter(step, ToyProblem.start(), sink).last();
    assertThat(stopped.progress().epoch()).isEqualTo(step / 4);
    assertThat(stopped.progress().batch()).isEqualTo(4);
    assertSame(ToyProblem.fit(stopped, ToyProblem.OPTIONS, sink), WHOLE);
  }

  @Test
  void theBestOfATrainingBeforeItsFirstEpochIsItsLastState() {
    TrainingResult stopped = stopAfter(2, ToyProblem.start(), new MemoryCheckpoints());
    assertThat(stopped.best()).isEqualTo(stopped.last());
  }

  @Test
  void aFinishedTrainingReturnsAtOnceWithItsResult() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingResult first = ToyProblem.fit(ToyProblem.start(), ToyProblem.OPTIONS, sink);
    Callback silent =
        new Callback() {
          @Override
          public void trainingStarted(TrainingStart start) {
            throw new AssertionError("started again");
          }
        };
    assertThat(
            ToyProblem.trainer(silent)
                .fit(first.last(), ToyProblem.DATA, ToyProblem.OPTIONS, sink, StopSignal.NEVER))
        .isEqualTo(first);
  }

  @Test
  void aFinishedTrainingGoesOnWithMoreEpochs() {
    TrainingState start = ToyProblem.start(ToyProblem.plan(Sgd.of(0.1).momentum(0.9)));
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState third = ToyProblem.fit(start, ToyProblem.OPTIONS, sink).last();
    TrainingResult fifth = ToyProblem.fit(third, ToyProblem.OPTIONS.epochs(5), sink);
    assertSame(fifth, ToyProblem.fit(start, ToyProblem.OPTIONS.epochs(5), new MemoryCheckpoints()));
    assertThat(fifth.last().progress().history())
        .extracting(EpochRecord::epoch)
        .containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void secondsBeforeTheStopCount() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState stopped = stopAfter(2, ToyProblem.start(), sink).last();
    TrainingProgress p = stopped.progress();
    assertThat(p.secondsInEpoch()).isPositive();
    TrainingProgress slow =
        new TrainingProgress(
            1, 2, p.running(), List.of(), 0, Double.NaN, 1000, p.provenance(), p.callbacks());
    TrainingState last =
        ToyProblem.fit(stopped.at(stopped.checkpoint(), slow), ToyProblem.OPTIONS, sink).last();
    assertThat(last.progress().history().get(0).seconds()).isBetween(1000.0, 1100.0);
    assertThat(last.progress().history().get(1).seconds()).isBetween(0.0, 100.0);
  }

  @Test
  void inMidEpochOnlyTheSameAugmentationWillDo() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState stopped = stopAfter(6, ToyProblem.start(), sink).last();
    TrainingProgress progress = stopped.progress();
    Map<String, String> before = new LinkedHashMap<>(progress.provenance());
    before.put("augmentation", "Sepia[strength=0.3]");
    TrainingState toned = stopped.at(stopped.checkpoint(), progress.provenance(before));
    assertThatThrownBy(() -> ToyProblem.fit(toned, ToyProblem.OPTIONS, sink))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("augmentation was Sepia[strength=0.3], but is none");
    before.remove("augmentation");
    TrainingState old = stopped.at(stopped.checkpoint(), progress.provenance(before));
    assertThat(ToyProblem.fit(old, ToyProblem.OPTIONS, sink).ending())
        .isEqualTo(StopReason.COMPLETED);
  }

  @Test
  void inMidEpochOnlyTheSameBatchesWillDo() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState stopped = stopAfter(6, ToyProblem.start(), sink).last();
    FitOptions other = ToyProblem.OPTIONS.batchSize(10);
    assertThatThrownBy(() -> ToyProblem.fit(stopped, other, sink))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "this run stopped in epoch 2 after 2 batches and can only resume unchanged: "
                + "batch_size was 8, but is 10");
    assertThatThrownBy(
            () ->
                ToyProblem.trainer(Callbacks.none())
                    .fit(
                        stopped,
                        ToyProblem.training(Blobs.of("blobs/train", 30, 9)),
                        ToyProblem.OPTIONS,
                        sink,
                        StopSignal.NEVER))
        .hasMessageEndingWith("data was blobs/train blobs:1:30:0, but is blobs/train blobs:9:30:0");
  }

  @Test
  void betweenEpochsTheBatchSizeMayChange() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState start = ToyProblem.start(ToyProblem.plan(Adam.of(0.05)));
    TrainingState first = ToyProblem.fit(start, ToyProblem.OPTIONS.epochs(1), sink).last();
    TrainingState last = ToyProblem.fit(first, ToyProblem.OPTIONS.batchSize(10), sink).last();
    assertThat(last.checkpoint().step()).isEqualTo(4 + 3 + 3);
  }

  @Test
  void aResumeWithoutItsBestCheckpointIsRefusedAtOnce() {
    TrainingState stopped = stopAfter(6, ToyProblem.start(), new MemoryCheckpoints()).last();
    assertThatThrownBy(() -> ToyProblem.fit(stopped, ToyProblem.OPTIONS, new MemoryCheckpoints()))
        .hasMessage("no epoch has ended yet");
  }

  private static TrainingResult stopAfter(int step, TrainingState state, CheckpointStore sink) {
    AtomicBoolean stop = new AtomicBoolean(step == 0);
    Callback listener =
        new Callback() {
          @Override
          public void stepEnded(StepEvent event, TrainingControl control) {
            stop.set(event.step() == step);
          }
        };
    return ToyProblem.trainer(listener)
        .fit(state, ToyProblem.DATA, ToyProblem.OPTIONS, sink, stop::get);
  }

  private static Trainer killAfter(int step) {
    Callback listener =
        new Callback() {
          @Override
          public void stepEnded(StepEvent event, TrainingControl control) {
            if (event.step() == step) {
              throw new Killed();
            }
          }
        };
    return new Trainer(new LinearBackend(), RunOptions.DEFAULT, listener);
  }

  private static StopSignal never() {
    return StopSignal.NEVER;
  }

  private static void assertSame(TrainingResult actual, TrainingResult expected) {
    assertThat(ToyProblem.timeless(actual.last())).isEqualTo(ToyProblem.timeless(expected.last()));
    assertThat(ToyProblem.timeless(actual.best())).isEqualTo(ToyProblem.timeless(expected.best()));
    assertThat(actual.ending()).isEqualTo(expected.ending());
  }

  /** As if the process had ended there. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private record Saves(List<TrainingState> lasts, MemoryCheckpoints kept)
      implements CheckpointStore {
    Optional<TrainingState> newest() {
      return lasts.isEmpty() ? Optional.empty() : Optional.of(kept.last());
    }

    @Override
    public void last(TrainingState state) {
      lasts.add(state);
      kept.last(state);
    }

    @Override
    public void best(TrainingState state) {
      kept.best(state);
    }

    @Override
    public TrainingState best() {
      return kept.best();
    }
  }
}
