package dev.trifocal.metric;

import dev.trifocal.tensor.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A measure of model quality. Each batch contributes named sums, and the value is computed from the
 * sums over all batches. Both functions are pure, so a run interrupted in mid-epoch resumes
 * exactly. A metric is an immutable value, is saved with the model and never depends on the loss.
 *
 * <p>Implement this interface to add a metric, or {@link MeanMetric} for a mean over samples. A
 * metric that is saved must be a record whose components are numbers, booleans, text, enums, and
 * lists, maps, optionals and records of these.
 */
public interface Metric {
  /**
   * The key in histories and reports, for example {@code accuracy}: letters, digits, {@code _},
   * {@code -} and {@code .}; neither {@code epoch}, {@code loss}, {@code lr} or {@code seconds},
   * nor with {@code val_} in front.
   */
  String name();

  /** Returns the names of the outputs to read; a graph that lacks one of them is rejected. */
  Set<String> outputs();

  /**
   * Returns the sums of one batch: finite, with the same names and counts for every batch.
   *
   * @param outputs all outputs of the model by name, {@code [N, ...]}
   * @param labels of the batch, as the data set gives them: int64 class ids, or float32
   * @throws dev.trifocal.error.DataException if outputs and labels are incompatible
   */
  MetricSums sums(Map<String, Tensor> outputs, Tensor labels);

  /**
   * Returns the value for the sums over all batches.
   *
   * @return a finite value; empty if the samples do not determine one, which a history shows as
   *     {@code null}
   */
  OptionalDouble value(MetricSums sums);
}
