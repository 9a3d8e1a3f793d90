package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.data.Batch;
import dev.trifocal.data.CorruptDataset;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Shuffle;
import dev.trifocal.data.Splits;
import dev.trifocal.error.DivergedException;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Sgd;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DivergenceTest {
  private static final FitOptions OPTIONS = ToyProblem.OPTIONS.shuffle(Shuffle.NONE);

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void aLossThatIsNotFiniteStopsTheTrainingAndKeepsTheLastGoodCheckpoint(float bad) {
    TrainingState start = ToyProblem.start(ToyProblem.plan(Adam.of(0.05)));
    MemoryCheckpoints sink = new MemoryCheckpoints();
    FitOptions options = OPTIONS.checkpointEvery(2);
    Splits data = ToyProblem.training(withSample(20, bad, ToyProblem.DATA.train()));
    assertThatThrownBy(() -> fit(start, data, options, sink))
        .isInstanceOf(DivergedException.class)
        .hasMessage(
            "toy: the loss is NaN at step 3 (epoch 1, batch 3); the last good checkpoint, after step 2, was kept."
                + " Try a learning rate below 0.05");
    TrainingState good = ToyProblem.fit(start, options, new MemoryCheckpoints()).last();
    assertThat(good.progress().history()).hasSize(3);
    assertThat(sink.last().checkpoint().step()).isEqualTo(2);
    assertThat(ToyProblem.fit(sink.last(), options.checkpointEvery(0), sink).last().checkpoint())
        .isEqualTo(good.checkpoint());
  }

  private static Dataset withSample(int sample, float value, Dataset data) {
    return new CorruptDataset(
        data,
        (indices, batch) -> {
          int at = Arrays.stream(indices).boxed().toList().indexOf(sample);
          float[] values = batch.input().toFloats();
          if (at >= 0) {
            values[at * 6] = value;
          }
          return Batch.of(Tensor.of(batch.input().shape(), values), batch.label());
        });
  }

  @Test
  void weightsSpoiltByAStepWithAGoodLossAreNotSaved() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState start = ToyProblem.start(ToyProblem.plan(Sgd.of(1e39)));
    assertThatThrownBy(() -> fit(start, ToyProblem.DATA, OPTIONS.checkpointEvery(1), sink))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "toy: fc.weight holds -?Infinity after step 1; no checkpoint had been saved yet\\."
                + " Try a learning rate below 1\\.0E39");
    assertThatThrownBy(sink::last).hasMessage("nothing has been saved yet");
  }

  @Test
  void slotsSpoiltByAStepWithAGoodLossAreNotSaved() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    TrainingState start = ToyProblem.start(ToyProblem.plan(Adam.of(1e-9)));
    Splits data = ToyProblem.training(withSample(20, 1e30f, ToyProblem.DATA.train()));
    assertThatThrownBy(() -> fit(start, data, OPTIONS.checkpointEvery(1), sink))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith("toy: exp_avg_sq of fc.weight holds Infinity after step 3; ");
    assertThat(sink.last().checkpoint().step()).isEqualTo(2);
  }

  @Test
  void aValidationLossThatIsNotFiniteSavesNothingOfItsEpoch() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    Splits data =
        ToyProblem.validating(
            withSample(16, Float.NaN, ToyProblem.DATA.validation().orElseThrow()));
    assertThatThrownBy(() -> fit(ToyProblem.start(), data, OPTIONS.checkpointEvery(3), sink))
        .isInstanceOf(DivergedException.class)
        .hasMessage(
            "toy: the validation loss is NaN after epoch 1; the last good checkpoint, after"
                + " step 3, was kept. Try a learning rate below 0.05");
    assertThat(sink.last().checkpoint().step()).isEqualTo(3);
  }

  private static TrainingResult fit(
      TrainingState start, Splits data, FitOptions options, CheckpointStore sink) {
    return ToyProblem.trainer(Callbacks.none()).fit(start, data, options, sink, StopSignal.NEVER);
  }
}
