package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Batch;
import dev.trifocal.error.CallbackException;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackActionsTest {
  private static final TrainingState START =
      ToyProblem.start(ToyProblem.plan(Sgd.of(0.1).momentum(0.9)));

  @Test
  void aCallbackStopsTheRunForGood() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    List<StopReason> stopReasons = new ArrayList<>();
    Callback stopper =
        new Callback() {
          @Override
          public void stepEnded(StepEvent step, TrainingControl control) {
            if (step.step() == 6) {
              control.stop("the sixth step is enough");
            }
          }

          @Override
          public void trainingEnded(StopReason stopReason) {
            stopReasons.add(stopReason);
          }
        };
    TrainingResult stopped = fit(START, sink, stopper);
    assertThat(stopped.ending()).isEqualTo(StopReason.STOPPED);
    assertThat(stopReasons).containsExactly(StopReason.STOPPED);
    assertThat(sink.last().checkpoint().step()).isEqualTo(6);
    assertThat(sink.last().progress().callbacks().stopReason())
        .contains("the sixth step is enough");
    assertThat(fit(sink.last(), sink, Callbacks.none())).isEqualTo(stopped);
  }

  @Test
  void aCallbackStopsTheRunAfterAnEpoch() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    Callback stopper =
        new Callback() {
          @Override
          public void epochEnded(EpochRecord epoch, TrainingControl control) {
            assertThat(control.history()).last().isEqualTo(epoch);
            control.stop("one epoch is enough");
          }
        };
    assertThat(fit(START, sink, stopper).ending()).isEqualTo(StopReason.STOPPED);
    assertThat(sink.last().progress().history()).hasSize(1);
    assertThat(sink.best().checkpoint()).isEqualTo(sink.last().checkpoint());
  }

  @Test
  void theRateChangesFromTheNextStepOnAndTheScheduleGoesOn() {
    List<Double> rates = new ArrayList<>();
    Callback changer =
        new Callback() {
          @Override
          public void stepEnded(StepEvent step, TrainingControl control) {
            rates.add(step.learningRate());
            if (step.step() == 2) {
              control.learningRate(0.04);
              assertThat(control.learningRate()).isCloseTo(0.04, within(1e-15));
            }
            if (step.step() == 5) {
              control.scaleLearningRate(0.5);
            }
          }
        };
    fit(START, new MemoryCheckpoints(), changer);
    assertThat(rates.subList(0, 6)).containsExactly(0.1, 0.1, 0.04, 0.04, 0.04, 0.02);
    rates.clear();
    TrainingState cosine = ToyProblem.start();
    fit(cosine, new MemoryCheckpoints(), changer);
    double third = cosine.plan().learningRate(3, 12);
    assertThat(rates.get(3))
        .isCloseTo(third * 0.04 / cosine.plan().learningRate(2, 12), within(1e-12));
  }

  @Test
  void aRateThatIsNoRateIsRefused() {
    TrainingControl control = new TrainingControl(TrainingProgress.start(), 0, 0.1);
    assertThatThrownBy(() -> control.learningRate(-1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("a learning rate must be 0 or more, but a callback set it to -1.0");
    assertThatThrownBy(() -> control.scaleLearningRate(Double.NaN))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> new TrainingControl(TrainingProgress.start(), 0, 0).learningRate(1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("the learning rate cannot be set to 1.0 while the schedule is at 0");
  }

  @Test
  void outputsLabelsAndMeansOfTheStepAreSeen() {
    List<StepEvent> steps = new ArrayList<>();
    Callback watcher =
        new Callback() {
          @Override
          public void stepEnded(StepEvent step, TrainingControl control) {
            steps.add(step);
            assertThat(control.running()).isEqualTo(step.running());
            assertThat(control.step()).isEqualTo(step.step());
            assertThat(control.epoch()).isEqualTo(step.epoch());
          }
        };
    fit(START, new MemoryCheckpoints(), watcher);
    assertThat(steps).hasSize(12);
    assertThat(steps.get(3).outputs().get("output").shape()).isEqualTo(Shape.of(6, 3));
    assertThat(steps.get(3).labels().get(Batch.LABEL).shape()).isEqualTo(Shape.of(6));
  }

  @Test
  void aCallbackSavesNow() {
    List<Long> saved = new ArrayList<>();
    CheckpointStore sink =
        new CheckpointStore() {
          private final MemoryCheckpoints kept = new MemoryCheckpoints();

          @Override
          public void last(TrainingState state) {
            saved.add(state.checkpoint().step());
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
    Callback saver =
        new Callback() {
          @Override
          public void stepEnded(StepEvent step, TrainingControl control) {
            if (step.step() == 3) {
              control.save();
            }
          }
        };
    fit(START, sink, saver);
    assertThat(saved).containsExactly(3L, 4L, 8L, 12L);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 7, 8, 11})
  void stoppedAnywhereAndResumedACallbackDoesAsIfNotStopped(int step) {
    TrainingState whole = fit(START, new MemoryCheckpoints(), new Counter()).last();
    MemoryCheckpoints sink = new MemoryCheckpoints();
    AtomicBoolean stop = new AtomicBoolean(step == 0);
    Callback interrupt =
        new Callback() {
          @Override
          public void stepEnded(StepEvent event, TrainingControl control) {
            stop.set(event.step() == step);
          }
        };
    ToyProblem.trainer(Callbacks.of(new Counter(), interrupt))
        .fit(START, ToyProblem.DATA, ToyProblem.OPTIONS, sink, stop::get);
    assertThat(sink.last().checkpoint().step()).isEqualTo(step);
    TrainingState resumed = fit(sink.last(), sink, new Counter()).last();
    assertThat(ToyProblem.timeless(resumed)).isEqualTo(ToyProblem.timeless(whole));
    assertThat(whole.progress().callbacks().states())
        .containsOnly(
            Map.entry("CallbackActionsTest$Counter", Map.of("steps", 12.0, "epochs", 3.0)));
    assertThat(whole.progress().callbacks().rateFactor()).isCloseTo(0.8 * 0.8 * 0.9, within(1e-12));
  }

  /** Halves nothing in vain: its state decides about the rate. */
  private static final class Counter implements Callback {
    private double steps;
    private double epochs;

    @Override
    public void epochStarted(int epoch, TrainingControl control) {
      epochs++;
      if (epochs == 3) {
        control.scaleLearningRate(0.9);
      }
    }

    @Override
    public void stepEnded(StepEvent step, TrainingControl control) {
      steps++;
      if (steps % 5 == 0) {
        control.scaleLearningRate(0.8);
      }
    }

    @Override
    public Map<String, Double> state() {
      return Map.of("steps", steps, "epochs", epochs);
    }

    @Override
    public void restore(Map<String, Double> state) {
      steps = state.getOrDefault("steps", 0.0);
      epochs = state.getOrDefault("epochs", 0.0);
    }
  }

  /** Where a callback may fail. */
  private enum Place {
    TRAINING_STARTED(0, "(epoch 1, batch 0); the state after step 0 is saved"),
    EPOCH_STARTED(4, "(epoch 2, batch 0); the state after step 4 is saved"),
    STEP_ENDED(6, "(epoch 2, batch 2); the state after step 6 is saved"),
    VALIDATION(8, "(epoch 2, batch 4); the state after step 8 is saved"),
    EPOCH_ENDED(8, "(epoch 3, batch 0); the state after step 8 is saved");

    private final int step;
    private final String where;

    Place(int step, String where) {
      this.step = step;
      this.where = where;
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void whatACallbackThrowsComesAfterTheStateIsSaved(Place place) {
    IllegalStateException failure = new IllegalStateException("no more paper");
    MemoryCheckpoints sink = new MemoryCheckpoints();
    assertThatThrownBy(() -> fit(START, sink, new Printer(place, failure, new AtomicInteger())))
        .isInstanceOf(CallbackException.class)
        .hasMessage("the callback printer failed: no more paper " + place.where)
        .hasCause(failure);
    assertThat(sink.last().checkpoint().step()).isEqualTo(place.step);
    TrainingState whole = fit(START, new MemoryCheckpoints(), Callbacks.none()).last();
    assertThat(ToyProblem.timeless(fit(sink.last(), sink, Callbacks.none()).last()))
        .isEqualTo(ToyProblem.timeless(whole));
  }

  /** Fails in the second epoch. */
  private record Printer(Place place, RuntimeException failure, AtomicInteger validated)
      implements Callback {
    @Override
    public String name() {
      return "printer";
    }

    @Override
    public void trainingStarted(TrainingStart start) {
      fail(Place.TRAINING_STARTED);
    }

    @Override
    public void epochStarted(int epoch, TrainingControl control) {
      if (epoch == 2) {
        fail(Place.EPOCH_STARTED);
      }
    }

    @Override
    public void stepEnded(StepEvent step, TrainingControl control) {
      if (step.step() == 6) {
        fail(Place.STEP_ENDED);
      }
    }

    @Override
    public void validationBatchEnded(ValidationEvent validation) {
      if (validated.incrementAndGet() > validation.batches()) {
        fail(Place.VALIDATION);
      }
    }

    @Override
    public void epochEnded(EpochRecord epoch, TrainingControl control) {
      if (epoch.epoch() == 2) {
        fail(Place.EPOCH_ENDED);
      }
    }

    private void fail(Place now) {
      if (place == now) {
        throw failure;
      }
    }
  }

  @Test
  void whereTheStateCannotBeSavedEitherTheMessageSaysSo() {
    IllegalStateException failure = new IllegalStateException("no more paper");
    TrainingState start = ToyProblem.start(ToyProblem.plan(Sgd.of(1e39)));
    Callback first =
        new Callback() {
          @Override
          public void stepEnded(StepEvent step, TrainingControl control) {
            throw failure;
          }
        };
    assertThatThrownBy(() -> fit(start, new MemoryCheckpoints(), first))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining(
            "no more paper (epoch 1, batch 1); and the state could not be saved: toy")
        .hasCause(failure);
  }

  @Test
  void twoStatesOfOneNameAreRefused() {
    assertThatThrownBy(
            () -> fit(START, new MemoryCheckpoints(), Callbacks.of(new Counter(), new Counter())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "two callbacks with a state are named CallbackActionsTest$Counter; override"
                + " name() in one of them");
  }

  @Test
  void stepsAreUpdatesWhereBatchesAreAccumulated() {
    TrainingContext context =
        new TrainingContext(
            START,
            LossGraph.of(START.checkpoint().graph(), START.plan().objectives()),
            ToyProblem.DATA,
            ToyProblem.OPTIONS.accumulate(3),
            new LinearBackend(),
            RunOptions.DEFAULT,
            new LinearTrainingSession(START.plan(), START.checkpoint()),
            Callbacks.none());
    assertThat(context.batches()).isEqualTo(4);
    assertThat(
            List.of(context.step(1, 0), context.step(1, 3), context.step(1, 4), context.step(3, 3)))
        .containsExactly(0L, 1L, 2L, 5L);
  }

  private static TrainingResult fit(TrainingState state, CheckpointStore sink, Callback callback) {
    return ToyProblem.trainer(callback)
        .fit(state, ToyProblem.DATA, ToyProblem.OPTIONS, sink, StopSignal.NEVER);
  }
}
