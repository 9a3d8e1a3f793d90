package dev.trifocal.metric;

import dev.trifocal.tensor.Tensor;

/**
 * A number that tells people how good an output is. A metric is a value and is saved with the
 * model: its meaning never depends on the loss.
 */
public sealed interface Metric permits Accuracy, TopK {
  /** The key in histories and reports, for example {@code accuracy}. */
  String name();

  /** The name of the output that it looks at. */
  String output();

  /**
   * The metric over one batch.
   *
   * @param output float32 logits {@code [N, K]}, or per pixel {@code [N, K, H, W]}
   * @param labels int64 class ids without the class axis, or float32 distributions of the output's
   *     shape; a label that is no class id (an ignore index, say) counts for nothing
   * @throws dev.trifocal.error.DataException if there are more or fewer labels than outputs
   */
  Mean of(Tensor output, Tensor labels);
}
