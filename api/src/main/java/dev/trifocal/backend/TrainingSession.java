package dev.trifocal.backend;

import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import java.util.Map;

/** A training in progress: live weights and optimizer state on the engine. One thread at a time. */
public interface TrainingSession extends AutoCloseable {
  /**
   * Forward, backward, update.
   *
   * @param inputs by the path of the input node: float32 {@code [N, ...]}, any N
   * @param labels by output name, as the objective's loss wants them
   * @param learningRate of this step, scheduled
   * @throws dev.trifocal.error.DataException if inputs or labels do not fit; nothing has changed
   *     then
   * @throws IllegalStateException after {@link #close}
   */
  StepResult step(Map<String, Tensor> inputs, Map<String, Tensor> labels, double learningRate);

  /**
   * Evaluation mode with the live weights; the numbers are those of {@link Backend#compile} with
   * the weights of {@link #snapshot}.
   */
  Map<String, Tensor> predict(Map<String, Tensor> inputs);

  /** The state after the last step, copied to the host. */
  Checkpoint snapshot();

  @Override
  void close();
}
