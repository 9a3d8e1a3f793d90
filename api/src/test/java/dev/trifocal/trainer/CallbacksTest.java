package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CallbacksTest {
  private static final TrainingControl CONTROL =
      new TrainingControl(TrainingProgress.start(), 0, 0.1);

  @Test
  void hearsATrainingFromStartToEnd() {
    List<String> heard = new ArrayList<>();
    ToyProblem.trainer(new Diary("", heard))
        .fit(
            ToyProblem.start(),
            ToyProblem.DATA,
            FitOptions.of(2, 16),
            new MemoryCheckpoints(),
            StopSignal.NEVER);
    assertThat(heard)
        .containsExactly(
            "started toy: 2 epochs of 2, from epoch 1 batch 0",
            "step 1: epoch 1, 1/2 [loss, accuracy, top_2]",
            "step 2: epoch 1, 2/2 [loss, accuracy, top_2]",
            "validating 1/2",
            "validating 2/2",
            "epoch 1 ended",
            "step 3: epoch 2, 1/2 [loss, accuracy, top_2]",
            "step 4: epoch 2, 2/2 [loss, accuracy, top_2]",
            "validating 1/2",
            "validating 2/2",
            "epoch 2 ended");
  }

  @Test
  void hearsWhereAResumedTrainingGoesOn() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    AtomicBoolean stop = new AtomicBoolean();
    Callback stopper =
        new Callback() {
          @Override
          public void stepEnded(StepEvent event, TrainingControl control) {
            stop.set(event.step() == 3);
          }
        };
    FitOptions options = FitOptions.of(2, 16);
    TrainingState stopped =
        ToyProblem.trainer(stopper)
            .fit(ToyProblem.start(), ToyProblem.DATA, options, sink, stop::get)
            .last();
    List<String> heard = new ArrayList<>();
    ToyProblem.trainer(new Diary("", heard))
        .fit(stopped, ToyProblem.DATA, options, sink, StopSignal.NEVER);
    assertThat(heard)
        .startsWith(
            "started toy: 2 epochs of 2, from epoch 2 batch 1",
            "step 4: epoch 2, 2/2 [loss, accuracy, top_2]");
  }

  @Test
  void theLastRunningMeansOfAnEpochAreThoseOfItsRecord() {
    List<Map<String, Double>> running = new ArrayList<>();
    Callback listener =
        new Callback() {
          @Override
          public void stepEnded(StepEvent step, TrainingControl control) {
            running.add(step.running());
          }

          @Override
          public void epochEnded(EpochRecord epoch, TrainingControl control) {
            assertThat(epoch.metrics()).containsAllEntriesOf(running.get(running.size() - 1));
          }
        };
    ToyProblem.trainer(listener)
        .fit(
            ToyProblem.start(),
            ToyProblem.DATA,
            ToyProblem.OPTIONS,
            new MemoryCheckpoints(),
            StopSignal.NEVER);
    assertThat(running).hasSize(12);
  }

  @Test
  void everyCallbackHearsEveryEventInOrder() {
    List<String> heard = new ArrayList<>();
    Callback both = Callbacks.of(new Diary("a: ", heard), new Diary("b: ", heard));
    both.trainingStarted(new TrainingStart(1, 2, 3, 4, ToyProblem.GRAPH));
    both.stepEnded(new StepEvent(1, 2, 3, 4, 0.5, 0.1, Map.of(), Map.of(), Map.of()), CONTROL);
    both.validationBatchEnded(new ValidationEvent(1, 2));
    both.epochEnded(new EpochRecord(7, Map.of(), 0, 0), CONTROL);
    assertThat(heard)
        .containsExactly(
            "a: started toy: 1 epochs of 2, from epoch 3 batch 4",
            "b: started toy: 1 epochs of 2, from epoch 3 batch 4",
            "a: step 4: epoch 1, 2/3 []",
            "b: step 4: epoch 1, 2/3 []",
            "a: validating 1/2",
            "b: validating 1/2",
            "a: epoch 7 ended",
            "b: epoch 7 ended");
  }

  private record Diary(String who, List<String> heard) implements Callback {
    @Override
    public void trainingStarted(TrainingStart s) {
      heard.add(
          "%sstarted %s: %d epochs of %d, from epoch %d batch %d"
              .formatted(
                  who,
                  s.graph().name(),
                  s.epochs(),
                  s.stepsPerEpoch(),
                  s.startEpoch(),
                  s.startBatch()));
    }

    @Override
    public void stepEnded(StepEvent s, TrainingControl control) {
      heard.add(
          "%sstep %d: epoch %d, %d/%d %s"
              .formatted(who, s.step(), s.epoch(), s.batch(), s.batches(), s.running().keySet()));
    }

    @Override
    public void validationBatchEnded(ValidationEvent v) {
      heard.add("%svalidating %d/%d".formatted(who, v.batch(), v.batches()));
    }

    @Override
    public void epochEnded(EpochRecord epoch, TrainingControl control) {
      heard.add("%sepoch %d ended".formatted(who, epoch.epoch()));
    }
  }
}
