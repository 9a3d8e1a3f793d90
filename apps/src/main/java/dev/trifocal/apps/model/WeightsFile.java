package dev.trifocal.apps.model;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Safetensors;
import dev.trifocal.weights.Weights;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A safetensors file as PyTorch projects write it. */
record WeightsFile(Path path) {
  /**
   * Reads the weights: doubles as floats, and the names without what wrappers such as PyTorch's
   * {@code DataParallel} put before all of them, such as {@code module.}.
   *
   * @param expected names that the network knows
   */
  Weights read(Set<String> expected) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Safetensors.read(path).tensors().forEach((name, tensor) -> tensors.put(name, floats(tensor)));
    return new Weights(unwrapped(tensors, expected));
  }

  /** Returns the shapes of the weights, named as {@link #read} does. */
  Map<String, Shape> shapes(Set<String> expected) {
    return unwrapped(Safetensors.shapes(path), expected);
  }

  private static <T> Map<String, T> unwrapped(Map<String, T> tensors, Set<String> expected) {
    Map<String, T> inner = tensors;
    while (Collections.disjoint(inner.keySet(), expected)) {
      String first = inner.keySet().stream().findFirst().orElse("");
      String wrapper = first.substring(0, first.indexOf('.') + 1);
      if (wrapper.isEmpty() || !inner.keySet().stream().allMatch(n -> n.startsWith(wrapper))) {
        return tensors;
      }
      Map<String, T> named = new LinkedHashMap<>();
      inner.forEach((name, tensor) -> named.put(name.substring(wrapper.length()), tensor));
      inner = named;
    }
    return inner;
  }

  private static Tensor floats(Tensor tensor) {
    if (tensor.type() != DataType.FLOAT64) {
      return tensor;
    }
    DoubleBuffer values = tensor.bytes().asDoubleBuffer();
    return Tensor.make(
        tensor.shape(),
        DataType.FLOAT32,
        target -> {
          while (values.hasRemaining()) {
            target.putFloat((float) values.get());
          }
        });
  }
}
