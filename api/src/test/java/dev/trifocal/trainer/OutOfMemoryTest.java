package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.backend.UnsupportedNode;
import dev.trifocal.error.EngineMemoryException;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The toy has 4 batches in each epoch. */
@DisplayName("An engine that runs out of memory in a step")
class OutOfMemoryTest {
  private final Recorder sink = new Recorder();

  /** Keeps all states, unlike {@link MemoryCheckpoints}. */
  private static final class Recorder implements CheckpointStore {
    private final List<TrainingState> saved = new ArrayList<>();
    private TrainingState best;

    @Override
    public void last(TrainingState state) {
      saved.add(state);
    }

    @Override
    public void best(TrainingState state) {
      best = state;
    }

    @Override
    public TrainingState best() {
      return best;
    }

    private List<Long> steps() {
      return saved.stream().map(state -> state.checkpoint().step()).toList();
    }
  }

  /** Has memory for so many batches. */
  private record Limited(Backend whole, int batches) implements Backend {
    @Override
    public String name() {
      return "limited";
    }

    @Override
    public String engine() {
      return whole.engine();
    }

    @Override
    public List<Device> devices() {
      return whole.devices();
    }

    @Override
    public List<String> limits() {
      return whole.limits();
    }

    @Override
    public List<UnsupportedNode> unsupported(Graph graph) {
      return whole.unsupported(graph);
    }

    @Override
    public Program compile(Graph graph, Weights weights, RunOptions options) {
      return whole.compile(graph, weights, options);
    }

    @Override
    public TrainingSession train(TrainingPlan plan, Checkpoint start, RunOptions options) {
      return new LimitedSession(whole.train(plan, start, options), batches);
    }
  }

  private static final class LimitedSession implements TrainingSession {
    private final TrainingSession whole;
    private int left;

    private LimitedSession(TrainingSession whole, int batches) {
      this.whole = whole;
      this.left = batches;
    }

    @Override
    public StepResult step(Map<String, Tensor> inputs, Map<String, Tensor> labels, double rate) {
      take();
      return whole.step(inputs, labels, rate);
    }

    @Override
    public StepResult accumulate(Map<String, Tensor> inputs, Map<String, Tensor> labels) {
      take();
      return whole.accumulate(inputs, labels);
    }

    private void take() {
      if (left-- == 0) {
        throw EngineMemoryException.of("toy", "no 5 bytes", new IllegalStateException());
      }
    }

    @Override
    public Weights gradients() {
      return whole.gradients();
    }

    @Override
    public void addGradients(Weights gradients, int samples) {
      whole.addGradients(gradients, samples);
    }

    @Override
    public void update(double rate) {
      whole.update(rate);
    }

    @Override
    public Weights weights() {
      return whole.weights();
    }

    @Override
    public Map<String, Tensor> predict(Map<String, Tensor> inputs) {
      return whole.predict(inputs);
    }

    @Override
    public Checkpoint snapshot() {
      return whole.snapshot();
    }

    @Override
    public void close() {
      whole.close();
    }
  }

  @Test
  void savesNothingIfNothingHadBeenSaved() {
    assertRunsOut(2, ToyProblem.OPTIONS);
    assertThat(sink.saved).isEmpty();
  }

  @Test
  void leavesTheStateThatWasSavedBefore() {
    assertRunsOut(2, ToyProblem.OPTIONS.checkpointEvery(1));
    assertThat(sink.steps()).containsExactly(1L, 2L);
  }

  @Test
  void leavesTheStateOfTheLastEpoch() {
    assertRunsOut(4 + 2, ToyProblem.OPTIONS);
    assertThat(sink.steps()).containsExactly(4L);
  }

  @Test
  void savesNoStepWhoseBatchesAreNotAllAccumulated() {
    assertRunsOut(3, ToyProblem.OPTIONS.accumulate(2).checkpointEvery(1));
    assertThat(sink.steps()).containsExactly(1L);
  }

  @Test
  void leavesAStateFromWhichTrainingGoesOn() {
    assertRunsOut(4 + 2, ToyProblem.OPTIONS);
    TrainingState whole =
        ToyProblem.fit(ToyProblem.start(), ToyProblem.OPTIONS, new MemoryCheckpoints()).last();
    TrainingState resumed = ToyProblem.fit(sink.saved.get(0), ToyProblem.OPTIONS, sink).last();
    assertThat(resumed.checkpoint()).isEqualTo(whole.checkpoint());
  }

  private void assertRunsOut(int batches, FitOptions options) {
    Trainer trainer =
        new Trainer(
            new Limited(new LinearBackend(), batches), RunOptions.DEFAULT, Callbacks.none());
    assertThatThrownBy(
            () -> trainer.fit(ToyProblem.start(), ToyProblem.DATA, options, sink, StopSignal.NEVER))
        .isInstanceOf(EngineMemoryException.class)
        .hasMessage(
            "toy: not enough memory; use a smaller batch size or smaller images, or raise the"
                + " memory limit of the process (no 5 bytes)");
  }
}
