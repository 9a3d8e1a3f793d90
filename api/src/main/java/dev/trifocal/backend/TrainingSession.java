package dev.trifocal.backend;

import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.weights.Weights;
import java.util.Map;

/**
 * A training run in progress: live weights and optimizer state on the engine. Not thread-safe.
 *
 * <p>A step consists of computing gradients and updating the weights. The two halves are available
 * separately for gradient accumulation: {@link #accumulate} sums the gradients of several batches,
 * counting each sample equally, and {@link #update} takes one step with their mean. Accumulated
 * gradients can also be read with {@link #gradients}, and gradients computed elsewhere added with
 * {@link #addGradients}.
 */
public interface TrainingSession extends AutoCloseable {
  /**
   * Performs the forward pass, the backward pass and the update: {@link #accumulate} and {@link
   * #update} in one.
   *
   * @param inputs tensors by path of the input node, float32 {@code [N, ...]} for any N
   * @param labels labels by name; an objective on an output uses the labels of the same name
   * @param learningRate learning rate of this step, after scheduling
   * @throws dev.trifocal.error.DataException if inputs or labels are missing or have the wrong
   *     shape or type; the session is unchanged
   * @throws IllegalStateException if the session is closed
   */
  StepResult step(Map<String, Tensor> inputs, Map<String, Tensor> labels, double learningRate);

  /**
   * Performs the forward and backward passes and adds the gradients of the batch's loss, multiplied
   * by the number of samples, to the session's sum. The weights do not change. Batch norms update
   * their running statistics with each batch, in order. Dropout masks equal those of a single large
   * batch.
   *
   * @throws dev.trifocal.error.DataException if inputs or labels are missing or have the wrong
   *     shape or type
   * @throws IllegalStateException if the session is closed
   */
  StepResult accumulate(Map<String, Tensor> inputs, Map<String, Tensor> labels);

  /**
   * Returns the mean gradients over all samples since the last update, before clipping and weight
   * decay.
   *
   * @return gradients by full parameter name, without the parameters that the loss does not depend
   *     on
   * @throws IllegalStateException if there are no gradients or the session is closed
   */
  Weights gradients();

  /**
   * Adds mean gradients computed elsewhere, for example on another machine.
   *
   * @param samples number of samples the gradients were averaged over, at least 1
   * @throws dev.trifocal.error.WeightsException unless there is exactly one gradient for each
   *     parameter that the loss depends on
   * @throws IllegalStateException if the session is closed
   */
  void addGradients(Weights gradients, int samples);

  /**
   * Applies clipping, weight decay and one optimizer step, using the mean of the gradients since
   * the last update.
   *
   * @param learningRate learning rate of this step, after scheduling
   * @throws IllegalStateException if there are no gradients or the session is closed
   */
  void update(double learningRate);

  /**
   * Computes the outputs in evaluation mode with the live weights. The results equal those of
   * {@link Backend#compile} with {@link #weights}.
   */
  Map<String, Tensor> predict(Map<String, Tensor> inputs);

  /** Returns a copy of the live weights on the host. */
  Weights weights();

  /**
   * Returns a copy, on the host, of the state after the last update. Accumulated gradients are not
   * included.
   */
  Checkpoint snapshot();

  @Override
  void close();
}
