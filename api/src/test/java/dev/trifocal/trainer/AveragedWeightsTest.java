package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.ExponentialMovingAverage;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.TrainingPlan;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AveragedWeightsTest {
  private static final TrainingPlan LIVE = ToyProblem.plan(Sgd.of(0.5).momentum(0.9));
  private static final TrainingPlan AVERAGED = LIVE.ema(0.8);

  @Test
  void anAverageChangesNoStep() {
    Checkpoint live = fit(LIVE, new MemoryCheckpoints()).last().checkpoint();
    Checkpoint averaged = fit(AVERAGED, new MemoryCheckpoints()).last().checkpoint();
    assertThat(averaged.weights()).isEqualTo(live.weights());
    assertThat(averaged.slots()).containsOnlyKeys("momentum_buffer", "ema");
    assertThat(averaged.averaged().weights()).isNotEqualTo(averaged.weights());
    assertThat(live.averaged()).isSameAs(live);
  }

  @Test
  void theAverageIsWhatIsEvaluatedAndSavedAsBest() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingResult result = fit(AVERAGED, sink);
    int best = result.last().progress().bestEpoch();
    Map<String, Double> reported = result.history().get(best - 1).validation();
    assertThat(evaluated(result.best().checkpoint())).isEqualTo(reported);
    assertThat(result.best().checkpoint().weights())
        .isEqualTo(result.best().checkpoint().averaged().weights());
    Map<String, Double> last = result.history().get(2).validation();
    assertThat(evaluated(result.last().checkpoint().averaged())).isEqualTo(last);
    assertThat(evaluated(result.last().checkpoint())).isNotEqualTo(last);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEpochIsCopiedFromTheEngineOnceToBeValidatedAndSaved(boolean averaged) {
    TrainingState start = ToyProblem.start(averaged ? AVERAGED : LIVE);
    List<String> copies = new ArrayList<>();
    TrainingContext context =
        new TrainingContext(
            start,
            LossGraph.of(ToyProblem.GRAPH, start.plan().objectives()),
            ToyProblem.DATA,
            ToyProblem.OPTIONS.epochs(2),
            new LinearBackend(),
            RunOptions.DEFAULT,
            noting(copies, new LinearTrainingSession(start.plan(), start.checkpoint())),
            Callbacks.none());
    try (EpochLoaders loaders =
        EpochLoaders.of(start, ToyProblem.DATA.train(), context.options())) {
      new TrainingLoop(context, loaders, new MemoryCheckpoints(), StopSignal.NEVER).run();
    }
    assertThat(copies).containsExactly("snapshot", "snapshot");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 11})
  void stoppedAnywhereAndResumedItEndsAsIfNotStopped(int step) {
    TrainingResult whole = fit(AVERAGED, new MemoryCheckpoints());
    MemoryCheckpoints sink = new MemoryCheckpoints();
    AtomicBoolean stop = new AtomicBoolean();
    Callback interrupt =
        new Callback() {
          @Override
          public void stepEnded(StepEvent event, TrainingControl control) {
            stop.set(event.step() == step);
          }
        };
    ToyProblem.trainer(interrupt)
        .fit(ToyProblem.start(AVERAGED), ToyProblem.DATA, ToyProblem.OPTIONS, sink, stop::get);
    TrainingResult resumed = ToyProblem.fit(sink.last(), ToyProblem.OPTIONS, sink);
    assertThat(ToyProblem.timeless(resumed.last())).isEqualTo(ToyProblem.timeless(whole.last()));
    assertThat(ToyProblem.timeless(resumed.best())).isEqualTo(ToyProblem.timeless(whole.best()));
  }

  @Test
  void aRunThatBeginsToAverageInTheMiddleBeginsWithItsWeights() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState first =
        ToyProblem.fit(ToyProblem.start(LIVE), ToyProblem.OPTIONS.epochs(1), sink).last();
    TrainingState changed =
        new TrainingState(
            first.checkpoint(),
            AVERAGED,
            first.metrics(),
            first.classes(),
            first.preprocessing(),
            first.progress());
    TrainingState last = ToyProblem.fit(changed, ToyProblem.OPTIONS.epochs(2), sink).last();
    float live = first.checkpoint().weights().tensor("fc.weight").floats().get(0);
    float average =
        last.checkpoint()
            .slots()
            .get(ExponentialMovingAverage.SLOT)
            .tensor("fc.weight")
            .floats()
            .get(0);
    float end = last.checkpoint().weights().tensor("fc.weight").floats().get(0);
    assertThat(average).isBetween(Math.min(live, end), Math.max(live, end));
  }

  @Test
  void anAverageOfAnAverageAndADecayOutOfRangeAreRefused() {
    assertThatThrownBy(() -> AVERAGED.ema(0.9))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("the optimizer already averages the weights: ");
    assertThatThrownBy(() -> LIVE.ema(1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "exponential moving average: the decay must be at least 0 and below 1, but is 1.0");
  }

  private static TrainingResult fit(TrainingPlan plan, CheckpointStore sink) {
    return ToyProblem.fit(ToyProblem.start(plan), ToyProblem.OPTIONS, sink);
  }

  /** The session, whose copies of its state to the host are noted down. */
  private static TrainingSession noting(List<String> copies, TrainingSession session) {
    return (TrainingSession)
        Proxy.newProxyInstance(
            TrainingSession.class.getClassLoader(),
            new Class<?>[] {TrainingSession.class},
            (proxy, method, arguments) -> {
              if (List.of("weights", "snapshot").contains(method.getName())) {
                copies.add(method.getName());
              }
              return method.invoke(session, arguments);
            });
  }

  private static Map<String, Double> evaluated(Checkpoint checkpoint) {
    Evaluator evaluator = Evaluator.of(ToyProblem.start(), ToyProblem.OPTIONS, Callbacks.none());
    try (Program program =
        new LinearBackend().compile(evaluator.graph(), checkpoint.weights(), RunOptions.DEFAULT)) {
      return evaluator.evaluate(program, ToyProblem.DATA.validation().orElseThrow());
    }
  }
}
