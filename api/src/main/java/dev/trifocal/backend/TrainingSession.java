package dev.trifocal.backend;

import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.weights.Weights;
import java.util.Map;

/**
 * A training run in progress: live weights and optimizer state on the engine. One thread at a time.
 *
 * <p>A step is gradients and update, and the two can be used apart: {@link #accumulate} adds up
 * gradients of several batches, each sample counting the same, and {@link #update} takes one step
 * with their mean. That is gradient accumulation; gradients may also be read, and gradients from
 * elsewhere added.
 */
public interface TrainingSession extends AutoCloseable {
  /**
   * Forward, backward, update: {@link #accumulate} and {@link #update} in one.
   *
   * @param inputs by the path of the input node: float32 {@code [N, ...]}, any N
   * @param labels by name, as the objectives read them; an objective on an output reads the labels
   *     of the same name
   * @param learningRate of this step, scheduled
   * @throws dev.trifocal.error.DataException if inputs or labels do not fit; nothing has changed
   *     then
   * @throws IllegalStateException after {@link #close}
   */
  StepResult step(Map<String, Tensor> inputs, Map<String, Tensor> labels, double learningRate);

  /**
   * Forward and backward. The gradients of the batch's loss are added to the session's sum, times
   * the number of samples; weights stay as they are. Running statistics of batch norms follow each
   * batch, in order. Dropout masks are those that one large batch would have.
   *
   * @throws dev.trifocal.error.DataException as {@link #step} does
   * @throws IllegalStateException after {@link #close}
   */
  StepResult accumulate(Map<String, Tensor> inputs, Map<String, Tensor> labels);

  /**
   * The mean gradient over all samples since the last update, before clipping and weight decay.
   *
   * @return by full parameter name; parameters that the loss does not depend on are missing
   * @throws IllegalStateException if there are none, or after {@link #close}
   */
  Weights gradients();

  /**
   * Adds mean gradients over some samples that were worked out elsewhere, on another machine for
   * instance.
   *
   * @param samples how many samples they count as, at least 1
   * @throws dev.trifocal.error.WeightsException unless there is one for each parameter that the
   *     loss depends on
   * @throws IllegalStateException after {@link #close}
   */
  void addGradients(Weights gradients, int samples);

  /**
   * Clipping, weight decay and one step of the optimizer with the mean of the gradients since the
   * last update.
   *
   * @param learningRate of this step, scheduled
   * @throws IllegalStateException if there are no gradients, or after {@link #close}
   */
  void update(double learningRate);

  /**
   * Evaluation mode with the live weights; the numbers are those of {@link Backend#compile} with
   * {@link #weights}.
   */
  Map<String, Tensor> predict(Map<String, Tensor> inputs);

  /** The live weights, copied to the host. */
  Weights weights();

  /**
   * The state after the last update, copied to the host. Gradients that are added up are not part
   * of it.
   */
  Checkpoint snapshot();

  @Override
  void close();
}
