package dev.trifocal.weights;

import dev.trifocal.error.WeightsException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Named tensors, {@code layer1.0.conv1.weight -> FLOAT32[64, 64, 3, 3]}, in the order of the graph.
 * Immutable.
 */
public record Weights(Map<String, Tensor> tensors) {
  public static final Weights NONE = new Weights(Map.of());

  public Weights {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * @throws WeightsException if there is no such entry
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new WeightsException(
          "there is no weight '" + name + "'; there are " + tensors.keySet());
    }
    return tensor;
  }

  /** These weights with {@code changes} laid over them. */
  public Weights with(Map<String, Tensor> changes) {
    Map<String, Tensor> result = new LinkedHashMap<>(tensors);
    result.putAll(changes);
    return new Weights(result);
  }

  /**
   * Checks that these weights are the ones that a graph needs, no more and no fewer.
   *
   * @param owner the graph's name, for the message
   * @param expected name to shape
   * @throws WeightsException naming every missing, unexpected, misshapen and ill-typed entry; all
   *     weights are float32
   */
  public Weights requireFit(String owner, Map<String, Shape> expected) {
    List<String> missing = new ArrayList<>();
    Set<String> unexpected = new LinkedHashSet<>(tensors.keySet());
    List<String> misshapen = new ArrayList<>();
    List<String> mistyped = new ArrayList<>();
    expected.forEach(
        (name, shape) -> {
          Tensor tensor = tensors.get(name);
          if (tensor == null) {
            missing.add(name);
          } else if (!tensor.shape().equals(shape)) {
            misshapen.add(name + " " + tensor.shape() + ", expected " + shape);
          } else if (tensor.type() != DataType.FLOAT32) {
            mistyped.add(name + " " + tensor.type() + ", expected " + DataType.FLOAT32);
          }
          unexpected.remove(name);
        });
    if (missing.isEmpty() && unexpected.isEmpty() && misshapen.isEmpty() && mistyped.isEmpty()) {
      return this;
    }
    StringBuilder message = new StringBuilder(owner + ": weights do not fit");
    append(message, "missing", missing);
    append(message, "unexpected", unexpected);
    append(message, "wrong shape", misshapen);
    append(message, "wrong type", mistyped);
    throw new WeightsException(message.toString());
  }

  private static void append(StringBuilder message, String what, Collection<String> names) {
    if (!names.isEmpty()) {
      message.append(". ").append(what).append(": ").append(String.join("; ", names));
    }
  }
}
