package dev.trifocal.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trifocal.error.FileException;
import dev.trifocal.error.WeightsException;
import dev.trifocal.file.QuotedText;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The table of contents of a safetensors file.
 *
 * @param entries in the order of the header; together they cover the data without hole or overlap
 */
record SafetensorsHeader(List<SafetensorsEntry> entries) {
  /** Bytes; far above what any network needs, far below what would hurt. */
  static final int LIMIT = 1 << 25;

  private static final String METADATA = "__metadata__";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  SafetensorsHeader {
    entries = List.copyOf(entries);
  }

  /** Lays tensors out with the widest types first, so that all elements are aligned. */
  static SafetensorsHeader of(Weights weights, Function<DataType, StoredType> storage) {
    Map<String, StoredType> types = new HashMap<>();
    weights.tensors().forEach((name, tensor) -> types.put(name, storage.apply(tensor.type())));
    Comparator<Map.Entry<String, Tensor>> narrower =
        Comparator.comparing(entry -> -types.get(entry.getKey()).bytes());
    Map<String, Long> begins = new HashMap<>();
    long[] end = {0};
    weights.tensors().entrySet().stream()
        .sorted(narrower)
        .forEach(
            entry -> {
              begins.put(entry.getKey(), end[0]);
              end[0] += entry.getValue().shape().elements() * types.get(entry.getKey()).bytes();
            });
    List<SafetensorsEntry> entries = new ArrayList<>();
    weights
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.equals(METADATA)) {
                throw new WeightsException("a weight cannot be named " + METADATA);
              }
              entries.add(
                  new SafetensorsEntry(name, types.get(name), tensor.shape(), begins.get(name)));
            });
    return new SafetensorsHeader(entries);
  }

  /**
   * @param json UTF-8
   * @param dataBytes how many bytes follow the header
   */
  static SafetensorsHeader parse(Path file, ByteBuffer json, long dataBytes) {
    List<SafetensorsEntry> entries = new ArrayList<>();
    tree(file, json)
        .properties()
        .forEach(
            field -> {
              if (field.getKey().equals(METADATA)) {
                requireTexts(file, field.getValue());
              } else {
                entries.add(entry(file, field.getKey(), field.getValue()));
              }
            });
    SafetensorsHeader header = new SafetensorsHeader(entries);
    header.requireCover(file, dataBytes);
    return header;
  }

  /** The header as text, padded so that the data begins at a multiple of eight bytes. */
  String json(Map<String, String> metadata) {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = root.putObject(METADATA);
      // In one order, so that the same weights make the same file.
      new TreeMap<>(metadata).forEach(texts::put);
    }
    for (SafetensorsEntry entry : entries) {
      ObjectNode node = root.putObject(entry.name()).put("dtype", entry.dtype());
      entry.shape().sizes().forEach(node.putArray("shape")::add);
      node.putArray("data_offsets").add(entry.begin()).add(entry.end());
    }
    String text = root.toString();
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return text + " ".repeat(Math.floorMod(-bytes, Long.BYTES));
  }

  List<SafetensorsEntry> inFileOrder() {
    return entries.stream().sorted(Comparator.comparing(SafetensorsEntry::begin)).toList();
  }

  /** The number of bytes that all tensors take together. */
  long dataBytes() {
    return entries.stream().mapToLong(SafetensorsEntry::end).max().orElse(0);
  }

  static FileException bad(Path file, String problem) {
    return new FileException(
        "%s: is no whole safetensors file: %s. Copy or download it again, or restore a backup"
            .formatted(file, problem));
  }

  private void requireCover(Path file, long dataBytes) {
    long end = 0;
    for (SafetensorsEntry entry : inFileOrder()) {
      if (entry.begin() != end) {
        String what = entry.begin() < end ? "overlap" : "leave a hole";
        throw bad(file, "tensors %s at '%s'".formatted(what, QuotedText.of(entry.name())));
      }
      end = entry.end();
    }
    if (end != dataBytes) {
      throw bad(file, "its tensors take %,d bytes, but it holds %,d".formatted(end, dataBytes));
    }
  }

  private static JsonNode tree(Path file, ByteBuffer json) {
    try {
      if (json.get(json.position()) != '{') {
        throw bad(file, "its header is no JSON object");
      }
      return JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(json).toString());
    } catch (CharacterCodingException e) {
      throw bad(file, "its header is no UTF-8");
    } catch (JsonProcessingException e) {
      throw bad(
          file, "its header is no JSON (%s)".formatted(QuotedText.of(e.getOriginalMessage())));
    }
  }

  private static SafetensorsEntry entry(Path file, String name, JsonNode json) {
    JsonNode dtype = json.path("dtype");
    if (dtype.isTextual() && StoredType.named(dtype.asText()).isEmpty()) {
      throw new FileException(
          "%s: tensor '%s' has type %s, which is not read; convert it to F32 (F64, F16, BF16, I32, I64 and U8 are read too)"
              .formatted(file, QuotedText.of(name), QuotedText.of(dtype.asText())));
    }
    try {
      return SafetensorsEntry.parse(name, json);
    } catch (SafetensorsEntry.Problem e) {
      throw bad(file, "tensor '%s' %s".formatted(QuotedText.of(name), e.getMessage()));
    }
  }

  private static void requireTexts(Path file, JsonNode metadata) {
    boolean texts = metadata.isObject();
    for (JsonNode value : metadata) {
      texts &= value.isTextual();
    }
    if (!texts) {
      throw bad(file, METADATA + " must map names to texts");
    }
  }
}
