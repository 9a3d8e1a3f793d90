package dev.trifocal.data;

import dev.trifocal.error.DataException;
import dev.trifocal.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Samples with their labels, stacked along the first axis.
 *
 * @param inputs by name, float32 {@code [N, ...]}; at least one
 * @param labels by name, int64 {@code [N, ...]} class ids or float32 {@code [N, ...]}
 */
public record Batch(Map<String, Tensor> inputs, Map<String, Tensor> labels) {
  /** The name of a single input. */
  public static final String INPUT = "input";

  /** The name of a single label. */
  public static final String LABEL = "label";

  /**
   * @throws DataException if there are no inputs, or the tensors differ in the number of samples
   */
  public Batch {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    if (inputs.isEmpty()) {
      throw new DataException("a batch needs at least one input");
    }
    Map.Entry<String, Tensor> first = inputs.entrySet().iterator().next();
    inputs.forEach((name, tensor) -> requireAsMany("input " + name, tensor, first));
    labels.forEach((name, tensor) -> requireAsMany("label " + name, tensor, first));
  }

  /** Returns a batch with one input and one label, named {@link #INPUT} and {@link #LABEL}. */
  public static Batch of(Tensor input, Tensor label) {
    return new Batch(Map.of(INPUT, input), Map.of(LABEL, label));
  }

  /** Returns the number of samples, N. */
  public int size() {
    return inputs.values().iterator().next().shape().size(0);
  }

  /**
   * Returns the only input.
   *
   * @throws DataException if there are several inputs
   */
  public Tensor input() {
    return only("input", inputs);
  }

  /**
   * Returns the only label.
   *
   * @throws DataException unless there is exactly one label
   */
  public Tensor label() {
    return only("label", labels);
  }

  private static Tensor only(String what, Map<String, Tensor> tensors) {
    if (tensors.size() != 1) {
      throw new DataException(
          "a batch with the %ss %s has no single %s; select one by name"
              .formatted(what, tensors.keySet(), what));
    }
    return tensors.values().iterator().next();
  }

  private static void requireAsMany(String what, Tensor tensor, Map.Entry<String, Tensor> first) {
    int expected = first.getValue().shape().rank() == 0 ? -1 : first.getValue().shape().size(0);
    if (tensor.shape().rank() == 0 || tensor.shape().size(0) != expected) {
      throw new DataException(
          "all tensors of a batch must have the same size on their first axis, but input %s is %s and %s is %s"
              .formatted(first.getKey(), first.getValue(), what, tensor));
    }
  }
}
