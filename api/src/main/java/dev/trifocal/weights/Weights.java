package dev.trifocal.weights;

import dev.trifocal.error.WeightsException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
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

  /** Returns the size of all elements in bytes. */
  public long bytes() {
    return tensors.values().stream().mapToLong(Tensor::byteCount).sum();
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
    WeightDifferences differences = WeightDifferences.between(this, expected);
    if (!differences.none()) {
      throw new WeightsException(owner + ": weights do not fit. " + differences);
    }
    return this;
  }

  /** Every element multiplied by a number; all must be float32. */
  public Weights times(double factor) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          FloatBuffer values = tensor.floats();
          result.put(
              name,
              Tensor.floats(
                  tensor.shape(),
                  buffer -> {
                    for (int i = 0; i < buffer.capacity(); i++) {
                      buffer.put(i, (float) (values.get(i) * factor));
                    }
                  }));
        });
    return new Weights(result);
  }

  /** Returns the first NaN or infinite value of each float32 tensor that has one, by its name. */
  public Map<String, Float> nonFinite() {
    Map<String, Float> result = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (tensor.type() == DataType.FLOAT32) {
            FloatBuffer values = tensor.floats();
            for (int i = 0; i < values.capacity() && !result.containsKey(name); i++) {
              if (!Float.isFinite(values.get(i))) {
                result.put(name, values.get(i));
              }
            }
          }
        });
    return result;
  }

  /** Those of these weights whose names are wanted. */
  public Weights only(Set<String> names) {
    Map<String, Tensor> result = new LinkedHashMap<>(tensors);
    result.keySet().retainAll(names);
    return new Weights(result);
  }

  /**
   * Those of these weights that have a place in a graph: float32, of the name and shape expected;
   * in its order.
   */
  public Weights fitting(Map<String, Shape> expected) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    expected.forEach(
        (name, shape) -> {
          Tensor tensor = tensors.get(name);
          if (tensor != null && tensor.type() == DataType.FLOAT32 && tensor.shape().equals(shape)) {
            result.put(name, tensor);
          }
        });
    return new Weights(result);
  }

  /**
   * Checks that all float32 values can be stored in a format of 16 bits; NaN and infinities can.
   *
   * @throws WeightsException if a finite value would become infinite; the message names the tensor
   */
  public Weights requireRange(HalfPrecision format) {
    tensors.forEach(
        (name, tensor) -> {
          if (tensor.type() == DataType.FLOAT32) {
            requireRange(name, tensor.floats(), format);
          }
        });
    return this;
  }

  private static void requireRange(String name, FloatBuffer values, HalfPrecision format) {
    while (values.hasRemaining()) {
      float value = values.get();
      if (Float.isFinite(value) && !Float.isFinite(format.rounded(value))) {
        throw new WeightsException(
            "'%s' holds %s, which is beyond the range of %s; %s"
                .formatted(name, value, format, advice(format)));
      }
    }
  }

  private static String advice(HalfPrecision format) {
    return switch (format) {
      case FP16 -> "choose bf16, which has the range of float32";
      case BF16 -> "keep the weights in float32";
    };
  }
}
