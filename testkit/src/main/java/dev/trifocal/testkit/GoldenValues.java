package dev.trifocal.testkit;

import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Safetensors;
import dev.trifocal.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Expected values by name, such as {@code conv2d_3x3/gradient/layer.weight}. */
record GoldenValues(Weights values) {

  /**
   * Loads golden values.
   *
   * @param name the name of a resource next to this class, without extension, such as {@code
   *     layers}
   */
  static GoldenValues load(String name) {
    String file = name + ".safetensors";
    try (InputStream stream = GoldenValues.class.getResourceAsStream(file)) {
      // The reader needs a file, but resources may be in a jar.
      Path copy = Files.createTempFile("golden", file);
      try {
        Files.copy(stream, copy, StandardCopyOption.REPLACE_EXISTING);
        return new GoldenValues(Safetensors.read(copy));
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Tensor tensor(String key) {
    return values.tensor(key);
  }

  boolean has(String key) {
    return values.tensors().containsKey(key);
  }

  float number(String key) {
    return tensor(key).floats().get(0);
  }

  /** Returns the values whose names start with {@code prefix}, by the rest of their names. */
  Map<String, Tensor> below(String prefix) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    values
        .tensors()
        .forEach(
            (key, tensor) -> {
              if (key.startsWith(prefix)) {
                result.put(key.substring(prefix.length()), tensor);
              }
            });
    return result;
  }

  /** Returns the first parts of all names. */
  Set<String> cases() {
    Set<String> result = new LinkedHashSet<>();
    values.tensors().keySet().forEach(key -> result.add(key.substring(0, key.indexOf('/'))));
    return result;
  }
}
