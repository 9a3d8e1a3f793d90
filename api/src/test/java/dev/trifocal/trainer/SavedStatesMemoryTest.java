package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Blobs;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Sgd;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SavedStatesMemoryTest {
  private static final Shape SAMPLE = Shape.of(1, 256, 512);

  /** A network whose weights take 1.5 MiB. */
  private static final Graph GRAPH =
      Graph.build("large", SAMPLE, x -> x.then(Layer.flatten()).then("fc", Layer.dense(3)));

  private static final Splits DATA = Splits.of(new Blobs("blobs", 4, 3, SAMPLE, 1, 0));

  private static final TrainingState START =
      TrainingState.start(
          Checkpoint.start(GRAPH, 5),
          ToyProblem.plan(Sgd.of(0.1).momentum(0.9)),
          List.of(new Accuracy(Graph.OUTPUT)),
          DATA.train().classes());

  /** Remembers which states were saved, and how many of them are left after each step. */
  private static final class Witness implements CheckpointStore, Callback {
    private final List<WeakReference<TrainingState>> saved = new ArrayList<>();
    private final List<Long> left = new ArrayList<>();

    @Override
    public void stepEnded(StepEvent step, TrainingControl control) {
      left.add(saved.stream().filter(one -> one.get() != null).count());
    }

    @Override
    public void last(TrainingState state) {
      saved.add(new WeakReference<>(state));
    }

    @Override
    public void best(TrainingState state) {}

    @Override
    public TrainingState best() {
      return START;
    }
  }

  @Test
  void theStateOfAnEpochIsFreedBeforeTheNextOne() {
    Witness witness = new Witness();
    fit(witness, FitOptions.of(3, 4));
    assertThat(witness.saved).hasSize(3);
    assertThat(witness.left).containsExactly(0L, 0L, 0L);
  }

  @Test
  void aStateWithinAnEpochIsFreedBeforeTheNextStep() {
    Witness witness = new Witness();
    fit(witness, FitOptions.of(1, 1).checkpointEvery(2));
    assertThat(witness.saved).hasSize(3);
    assertThat(witness.left).containsExactly(0L, 0L, 0L, 0L);
  }

  private static void fit(Witness witness, FitOptions options) {
    new Trainer(new LinearBackend(), RunOptions.DEFAULT, witness)
        .fit(START, DATA, options, witness, StopSignal.NEVER);
  }
}
