package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Loss;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.FitOptions;
import dev.trifocal.trainer.MemoryCheckpoints;
import dev.trifocal.trainer.StopReason;
import dev.trifocal.trainer.StopSignal;
import dev.trifocal.trainer.TrainingResult;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.transfer.TransferPlan;
import dev.trifocal.transfer.TransferTrainer;
import dev.trifocal.transfer.Unfreezing;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferTrainerTest {
  private static final int SAMPLES = 12;
  private static final int BATCH_SIZE = 4;

  private final TransferPlan plan =
      TransferPlan.of(TrainingPlan.of(Loss.softmaxCrossEntropy(), Adam.of(0.01)))
          .frozenEpochs(2)
          .fineTune(1, new Unfreezing.Last(1));

  @Test
  void a_batch_size_alone_means_default_options_and_checkpoints_in_memory() {
    Backend backend = new OnnxBackend();
    TrainingResult brief = new TransferTrainer(backend).fit(start(), data(), plan, BATCH_SIZE);
    TrainingResult full =
        new TransferTrainer(backend)
            .fit(
                start(),
                data(),
                plan,
                FitOptions.of(1, BATCH_SIZE),
                new MemoryCheckpoints(),
                StopSignal.NEVER);
    assertThat(brief.ending()).isEqualTo(StopReason.COMPLETED);
    assertThat(brief.history()).extracting(EpochRecord::epoch).containsExactly(1, 2, 3);
    assertThat(brief.last().checkpoint()).isEqualTo(full.last().checkpoint());
    assertThat(brief.last().checkpoint().step()).isEqualTo(3 * SAMPLES / BATCH_SIZE);
    assertThat(brief.best().checkpoint()).isEqualTo(full.best().checkpoint());
  }

  private TrainingState start() {
    Graph base =
        Graph.build(
            "base",
            Shape.of(1, 3, 3),
            x ->
                x.then(Layer.flatten())
                    .then("fc1", Layer.dense(5))
                    .then(Layer.relu())
                    .then("fc2", Layer.dense(3)));
    return TransferTrainer.start(base, base.initialWeights(1), plan, List.of("0", "1"), 42);
  }

  private static Splits data() {
    float[] pixels = new float[SAMPLES * 9];
    long[] ids = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      ids[i] = i % 2;
      pixels[9 * i + (int) ids[i]] = 1 + i / 12f;
    }
    return Splits.of(
        Dataset.of(
            Tensor.of(Shape.of(SAMPLES, 1, 3, 3), pixels), Tensor.of(Shape.of(SAMPLES), ids)));
  }
}
