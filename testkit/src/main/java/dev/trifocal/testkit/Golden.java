package dev.trifocal.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Expected values by name, as {@code conv2d_3x3/gradient/layer.weight}. Immutable. */
public record Golden(Map<String, Tensor> tensors) {

  /**
   * @param name of a file beside this class, without its ending: {@code layers}
   */
  public static Golden load(String name) {
    try (InputStream stream = Golden.class.getResourceAsStream(name + ".safetensors")) {
      return new Golden(parse(ByteBuffer.wrap(stream.readAllBytes())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws AssertionError if there is no such value
   */
  public Tensor tensor(String key) {
    Tensor tensor = tensors.get(key);
    if (tensor == null) {
      throw new AssertionError("there is no golden value " + key);
    }
    return tensor;
  }

  /** What begins with {@code prefix}, by the rest of its name. */
  public Map<String, Tensor> below(String prefix) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    tensors.forEach(
        (key, tensor) -> {
          if (key.startsWith(prefix)) {
            result.put(key.substring(prefix.length()), tensor);
          }
        });
    return result;
  }

  /** The first parts of all names. */
  public Set<String> cases() {
    Set<String> result = new LinkedHashSet<>();
    tensors.keySet().forEach(key -> result.add(key.substring(0, key.indexOf('/'))));
    return result;
  }

  private static Map<String, Tensor> parse(ByteBuffer file) throws IOException {
    file.order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[Math.toIntExact(file.getLong())];
    file.get(header);
    ByteBuffer data = file.slice();
    Map<String, Tensor> result = new LinkedHashMap<>();
    JsonNode entries = new ObjectMapper().readTree(header);
    entries.fields().forEachRemaining(e -> result.put(e.getKey(), tensor(e.getValue(), data)));
    return result;
  }

  private static Tensor tensor(JsonNode entry, ByteBuffer data) {
    int[] sizes =
        StreamSupport.stream(entry.get("shape").spliterator(), false)
            .mapToInt(JsonNode::asInt)
            .toArray();
    DataType type = entry.get("dtype").asText().equals("I64") ? DataType.INT64 : DataType.FLOAT32;
    int begin = entry.get("data_offsets").get(0).asInt();
    int end = entry.get("data_offsets").get(1).asInt();
    return Tensor.make(Shape.of(sizes), type, buffer -> buffer.put(data.slice(begin, end - begin)));
  }
}
