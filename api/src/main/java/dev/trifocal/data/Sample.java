package dev.trifocal.data;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One sample with its labels, without a batch axis.
 *
 * @param inputs inputs by name, float32
 * @param labels labels by name; a class id is an int64 scalar
 */
public record Sample(Map<String, Tensor> inputs, Map<String, Tensor> labels) {
  public Sample {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** Returns a sample with one input and its class id. */
  public static Sample of(Tensor input, long classId) {
    return of(input, Tensor.of(Shape.of(), classId));
  }

  /** Returns a sample with one input and one label. */
  public static Sample of(Tensor input, Tensor label) {
    return new Sample(Map.of(Batch.INPUT, input), Map.of(Batch.LABEL, label));
  }

  /**
   * Stacks samples along a new first axis, like PyTorch's {@code default_collate}.
   *
   * @param samples at least one
   * @throws DataException if the samples differ in names, shapes or types
   */
  public static Batch stack(List<Sample> samples) {
    if (samples.isEmpty()) {
      throw new DataException("a batch needs at least one sample");
    }
    return new Batch(
        stacked("input", samples, Sample::inputs), stacked("label", samples, Sample::labels));
  }

  private static Map<String, Tensor> stacked(
      String what, List<Sample> samples, Function<Sample, Map<String, Tensor>> side) {
    Map<String, Tensor> first = side.apply(samples.get(0));
    Map<String, Tensor> result = new LinkedHashMap<>();
    for (Sample sample : samples) {
      if (!side.apply(sample).keySet().equals(first.keySet())) {
        throw new DataException(
            "all samples must have the same %ss, but one has %s and another %s"
                .formatted(what, first.keySet(), side.apply(sample).keySet()));
      }
    }
    for (String name : first.keySet()) {
      result.put(
          name,
          stacked(
              what + " " + name,
              samples.stream().map(sample -> side.apply(sample).get(name)).toList()));
    }
    return result;
  }

  private static Tensor stacked(String what, List<Tensor> tensors) {
    Tensor first = tensors.get(0);
    for (Tensor tensor : tensors) {
      if (tensor.type() != first.type() || !tensor.shape().equals(first.shape())) {
        throw new DataException(
            "all samples must have the same shape and type, but %s is %s in one and %s in another"
                .formatted(what, first, tensor));
      }
    }
    return Tensor.make(
        first.shape().batch(tensors.size()),
        first.type(),
        target -> tensors.forEach(tensor -> target.put(tensor.bytes())));
  }
}
