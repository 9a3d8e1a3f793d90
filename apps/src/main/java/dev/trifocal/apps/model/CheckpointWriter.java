package dev.trifocal.apps.model;

import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.Optional;

/** Writes a model as a checkpoint for inference, without the optimizer's slots. */
public record CheckpointWriter(LoadedModel model) implements ModelWriter {
  @Override
  public void write(Path target, Optional<HalfPrecision> half) {
    RunDirectory.export(target, state(), half);
  }

  @Override
  public Weights weights() {
    return state().checkpoint().weights();
  }

  @Override
  public Path file(Path target) {
    return RunDirectory.weightsFile(target);
  }

  @Override
  public long float32Bytes() {
    return RunDirectory.weightsBytes(state());
  }

  /** The state with the preprocessing that counts, which a run may have in its settings only. */
  private TrainingState state() {
    TrainingState trained = model.state().inference();
    return model.preprocessing().map(trained::preprocessing).orElse(trained);
  }
}
