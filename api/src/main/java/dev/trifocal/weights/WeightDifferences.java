package dev.trifocal.weights;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In what weights and a graph differ.
 *
 * @param missing names that the graph needs
 * @param unexpected names that it does not know
 * @param misshapen names with the shape that they have and the one expected
 * @param mistyped names with a type other than float32
 */
public record WeightDifferences(
    List<String> missing, List<String> unexpected, List<String> misshapen, List<String> mistyped) {
  /**
   * @param expected name to shape
   */
  public static WeightDifferences between(Weights weights, Map<String, Shape> expected) {
    List<String> missing = new ArrayList<>();
    Set<String> unexpected = new LinkedHashSet<>(weights.tensors().keySet());
    List<String> misshapen = new ArrayList<>();
    List<String> mistyped = new ArrayList<>();
    expected.forEach(
        (name, shape) -> {
          Tensor tensor = weights.tensors().get(name);
          if (tensor == null) {
            missing.add(name);
          } else if (!tensor.shape().equals(shape)) {
            misshapen.add(name + " " + tensor.shape() + ", expected " + shape);
          } else if (tensor.type() != DataType.FLOAT32) {
            mistyped.add(name + " " + tensor.type() + ", expected " + DataType.FLOAT32);
          }
          unexpected.remove(name);
        });
    return new WeightDifferences(missing, List.copyOf(unexpected), misshapen, mistyped);
  }

  public boolean none() {
    return missing.isEmpty() && unexpected.isEmpty() && misshapen.isEmpty() && mistyped.isEmpty();
  }

  /** All of them: {@code missing: fc.bias. wrong shape: fc.weight [5, 2], expected [7, 2]}. */
  @Override
  public String toString() {
    return List.of(
            words("missing", missing),
            words("unexpected", unexpected),
            words("wrong shape", misshapen),
            words("wrong type", mistyped))
        .stream()
        .flatMap(List::stream)
        .collect(Collectors.joining(". "));
  }

  private static List<String> words(String what, Collection<String> names) {
    return names.isEmpty() ? List.of() : List.of(what + ": " + String.join("; ", names));
  }
}
