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
      Toy.fit(Toy.start(), Toy.OPTIONS, new MemoryCheckpoints());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void stoppedAfterAnyStepAndResumedItEndsAsIfNotStopped(int step) {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingResult stopped = stopAfter(step, Toy.start(), sink);
    assertThat(stopped.ending()).isEqualTo(Ending.INTERRUPTED);
    assertThat(stopped.last()).isEqualTo(sink.last());
    assertThat(stopped.last().checkpoint().step()).isEqualTo(step);
    assertSame(Toy.fit(stopped.last(), Toy.OPTIONS, sink), WHOLE);
  }

  @Test
  void stoppedAfterEveryStepItStillEndsAsIfNotStopped() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState state = Toy.start();
    for (int step = 1; step <= 11; step++) {
      state = stopAfter(step, state, sink).last();
    }
    assertSame(Toy.fit(state, Toy.OPTIONS, sink), WHOLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void killedAfterAnyStepItGoesOnFromTheLastCheckpointExactly(int step) {
    FitOptions options = Toy.OPTIONS.checkpointEvery(3);
    Saves sink = new Saves(new ArrayList<>(), new MemoryCheckpoints());
    assertThatThrownBy(() -> killAfter(step).fit(Toy.start(), Toy.DATA, options, sink, never()))
        .isInstanceOf(Killed.class);
    TrainingState last = sink.newest().orElse(Toy.start());
    assertThat(last.checkpoint().step()).isLessThanOrEqualTo(step).isGreaterThanOrEqualTo(step - 3);
    assertSame(Toy.fit(last, options, sink), WHOLE);
  }

  @Test
  void killedBetweenTheBestAndTheLastCheckpointItRepeatsTheEpoch() {
    MemoryCheckpoints kept = new MemoryCheckpoints();
    CheckpointSink sink =
        new CheckpointSink() {
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
    assertThatThrownBy(() -> Toy.fit(Toy.start(), Toy.OPTIONS, sink)).isInstanceOf(Killed.class);
    assertThat(kept.last().progress().epoch()).isEqualTo(2);
    assertThat(kept.best().progress().epoch()).isEqualTo(3);
    assertSame(Toy.fit(kept.last(), Toy.OPTIONS, kept), WHOLE);
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
        Toy.trainer(listener).fit(Toy.start(), Toy.DATA, Toy.OPTIONS, sink, stop::get);
    assertThat(stopped.ending()).isEqualTo(Ending.INTERRUPTED);
    assertThat(stopped.last().progress().history()).hasSize(1);
    assertSame(Toy.fit(stopped.last(), Toy.OPTIONS, sink), WHOLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 12})
  void aStopAfterTheLastBatchOfAnEpochDoesNotWaitForValidation(int step) {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState stopped = stopAfter(step, Toy.start(), sink).last();
    assertThat(stopped.progress().epoch()).isEqualTo(step / 4);
    assertThat(stopped.progress().batch()).isEqualTo(4);
    assertSame(Toy.fit(stopped, Toy.OPTIONS, sink), WHOLE);
  }

  @Test
  void theBestOfATrainingBeforeItsFirstEpochIsItsLastState() {
    TrainingResult stopped = stopAfter(2, Toy.start(), new MemoryCheckpoints());
    assertThat(stopped.best()).isEqualTo(stopped.last());
  }

  @Test
  void aFinishedTrainingReturnsAtOnceWithItsResult() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingResult first = Toy.fit(Toy.start(), Toy.OPTIONS, sink);
    Callback silent =
        new Callback() {
          @Override
          public void trainingStarted(TrainingStart start) {
            throw new AssertionError("started again");
          }
        };
    assertThat(Toy.trainer(silent).fit(first.last(), Toy.DATA, Toy.OPTIONS, sink, StopSignal.NEVER))
        .isEqualTo(first);
  }

  @Test
  void aFinishedTrainingGoesOnWithMoreEpochs() {
    TrainingState start = Toy.start(Toy.plan(Sgd.of(0.1).momentum(0.9)));
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState third = Toy.fit(start, Toy.OPTIONS, sink).last();
    TrainingResult fifth = Toy.fit(third, Toy.OPTIONS.epochs(5), sink);
    assertSame(fifth, Toy.fit(start, Toy.OPTIONS.epochs(5), new MemoryCheckpoints()));
    assertThat(fifth.last().progress().history())
        .extracting(EpochRecord::epoch)
        .containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void secondsBeforeTheStopCount() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState stopped = stopAfter(2, Toy.start(), sink).last();
    Progress p = stopped.progress();
    assertThat(p.secondsInEpoch()).isPositive();
    Progress slow =
        new Progress(
            1, 2, p.running(), List.of(), 0, Double.NaN, 1000, p.provenance(), p.callbacks());
    TrainingState last = Toy.fit(stopped.at(stopped.checkpoint(), slow), Toy.OPTIONS, sink).last();
    assertThat(last.progress().history().get(0).seconds()).isBetween(1000.0, 1100.0);
    assertThat(last.progress().history().get(1).seconds()).isBetween(0.0, 100.0);
  }

  @Test
  void inMidEpochOnlyTheSameAugmentationWillDo() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState stopped = stopAfter(6, Toy.start(), sink).last();
    Progress progress = stopped.progress();
    Map<String, String> before = new LinkedHashMap<>(progress.provenance());
    before.put("augmentation", "Sepia[strength=0.3]");
    TrainingState toned = stopped.at(stopped.checkpoint(), progress.provenance(before));
    assertThatThrownBy(() -> Toy.fit(toned, Toy.OPTIONS, sink))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("augmentation was Sepia[strength=0.3], but is none");
    before.remove("augmentation");
    TrainingState old = stopped.at(stopped.checkpoint(), progress.provenance(before));
    assertThat(Toy.fit(old, Toy.OPTIONS, sink).ending()).isEqualTo(Ending.COMPLETED);
  }

  @Test
  void inMidEpochOnlyTheSameBatchesWillDo() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState stopped = stopAfter(6, Toy.start(), sink).last();
    FitOptions other = Toy.OPTIONS.batchSize(10);
    assertThatThrownBy(() -> Toy.fit(stopped, other, sink))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "this training stopped in epoch 2 after 2 batches and can only go on as it was: "
                + "batch_size was 8, but is 10");
    assertThatThrownBy(
            () ->
                Toy.trainer(Callbacks.none())
                    .fit(
                        stopped,
                        Toy.training(Blobs.of("blobs/train", 30, 9)),
                        Toy.OPTIONS,
                        sink,
                        StopSignal.NEVER))
        .hasMessageEndingWith("data was blobs/train blobs:1:30:0, but is blobs/train blobs:9:30:0");
  }

  @Test
  void betweenEpochsTheBatchSizeMayChange() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState start = Toy.start(Toy.plan(Adam.of(0.05)));
    TrainingState first = Toy.fit(start, Toy.OPTIONS.epochs(1), sink).last();
    TrainingState last = Toy.fit(first, Toy.OPTIONS.batchSize(10), sink).last();
    assertThat(last.checkpoint().step()).isEqualTo(4 + 3 + 3);
  }

  @Test
  void aResumeWithoutItsBestCheckpointIsRefusedAtOnce() {
    TrainingState stopped = stopAfter(6, Toy.start(), new MemoryCheckpoints()).last();
    assertThatThrownBy(() -> Toy.fit(stopped, Toy.OPTIONS, new MemoryCheckpoints()))
        .hasMessage("no epoch has ended yet");
  }

  private static TrainingResult stopAfter(int step, TrainingState state, CheckpointSink sink) {
    AtomicBoolean stop = new AtomicBoolean(step == 0);
    Callback listener =
        new Callback() {
          @Override
          public void stepEnded(StepEvent event, TrainingControl control) {
            stop.set(event.step() == step);
          }
        };
    return Toy.trainer(listener).fit(state, Toy.DATA, Toy.OPTIONS, sink, stop::get);
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
    assertThat(Toy.timeless(actual.last())).isEqualTo(Toy.timeless(expected.last()));
    assertThat(Toy.timeless(actual.best())).isEqualTo(Toy.timeless(expected.best()));
    assertThat(actual.ending()).isEqualTo(expected.ending());
  }

  /** As if the process had ended there. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private record Saves(List<TrainingState> lasts, MemoryCheckpoints kept)
      implements CheckpointSink {
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
