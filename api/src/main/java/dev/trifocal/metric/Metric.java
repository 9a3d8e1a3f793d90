package dev.trifocal.metric;

import dev.trifocal.tensor.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A number that tells people how good a model is: what each batch adds to named sums, and what the
 * sums over all batches come to. Both are pure functions, so a run that was interrupted in
 * mid-epoch goes on exactly. A metric is a value and is saved with the model: its meaning never
 * depends on the loss.
 *
 * <p>Anyone can write one. {@link MeanMetric} is the short form for means over samples. One that is
 * saved must be a record whose components are numbers, booleans, text, enums, and lists, maps,
 * optionals and records of these.
 */
public interface Metric {
  /**
   * The key in histories and reports, for example {@code accuracy}: letters, digits, {@code _},
   * {@code -} and {@code .}; neither {@code epoch}, {@code loss}, {@code lr} or {@code seconds},
   * nor with {@code val_} in front.
   */
  String name();

  /** The names of the outputs that it reads; a graph without one of them is refused. */
  Set<String> outputs();

  /**
   * What one batch adds. Sums must be finite, and every batch must give the same names and counts.
   *
   * @param outputs all outputs of the model by name, {@code [N, ...]}
   * @param labels of the batch, as the data set gives them: int64 class ids, or float32
   * @throws dev.trifocal.error.DataException if outputs and labels do not belong together
   */
  MetricSums sums(Map<String, Tensor> outputs, Tensor labels);

  /**
   * The metric over all batches that were added up.
   *
   * @return finite; empty where the samples do not determine it, which a history shows as {@code
   *     null}
   */
  OptionalDouble value(MetricSums sums);
}
