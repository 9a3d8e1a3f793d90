package dev.trifocal.weights;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.file.QuotedText;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where one tensor lies.
 *
 * @param begin first byte, counted from the end of the header
 */
record SafetensorsEntry(String name, StoredType stored, Shape shape, long begin) {
  private static final Set<String> FIELDS = Set.of("dtype", "shape", "data_offsets");

  /** Says what is wrong with an entry; the caller knows file and name. */
  static final class Problem extends Exception {
    Problem(String message) {
      super(message);
    }
  }

  static SafetensorsEntry parse(String name, JsonNode json) throws Problem {
    if (!json.isObject() || json.size() != FIELDS.size() || !FIELDS.stream().allMatch(json::has)) {
      throw new Problem("needs dtype, shape and data_offsets, and nothing else");
    }
    StoredType stored =
        StoredType.named(json.get("dtype").asText())
            .orElseThrow(() -> new Problem("has a dtype that is no text"));
    Shape shape = shape(json.get("shape"));
    List<Long> offsets = numbers(json.get("data_offsets"), "data_offsets");
    if (offsets.size() != 2 || offsets.get(0) < 0 || offsets.get(1) < offsets.get(0)) {
      throw new Problem(
          "has data_offsets %s, which are no range".formatted(QuotedText.of(offsets.toString())));
    }
    SafetensorsEntry entry = new SafetensorsEntry(name, stored, shape, offsets.get(0));
    long bytes = offsets.get(1) - offsets.get(0);
    if (shape.elements() > Integer.MAX_VALUE || entry.wideBytes() > Integer.MAX_VALUE) {
      throw new Problem(
          "of shape %s would take 2 GiB or more, which is the limit"
              .formatted(QuotedText.of(shape.toString())));
    }
    if (entry.bytes() != bytes) {
      throw new Problem(
          "is %s%s, %,d bytes, but has %,d"
              .formatted(
                  stored.isWidened() ? stored : stored.type(),
                  QuotedText.of(shape.toString()),
                  entry.bytes(),
                  bytes));
    }
    return entry;
  }

  /** The byte after the last. */
  long end() {
    return begin + bytes();
  }

  long bytes() {
    return shape.elements() * stored.bytes();
  }

  /** Of the tensor that becomes of it. */
  private long wideBytes() {
    return shape.elements() * type().bytes();
  }

  DataType type() {
    return stored.type();
  }

  String dtype() {
    return stored.name();
  }

  private static Shape shape(JsonNode json) throws Problem {
    List<Integer> sizes = new ArrayList<>();
    for (long size : numbers(json, "shape")) {
      if (size <= 0 || size > Integer.MAX_VALUE) {
        throw new Problem("has a shape with size " + size);
      }
      sizes.add((int) size);
    }
    try {
      return new Shape(sizes);
    } catch (TrifocalException e) {
      throw new Problem("has a bad shape: " + e.getMessage());
    }
  }

  private static List<Long> numbers(JsonNode json, String field) throws Problem {
    List<Long> result = new ArrayList<>();
    for (JsonNode number : json) {
      if (!number.isIntegralNumber() || !number.canConvertToLong()) {
        throw new Problem(
            "has a %s that holds %s".formatted(field, QuotedText.of(number.toString())));
      }
      result.add(number.longValue());
    }
    if (!json.isArray()) {
      throw new Problem("has a %s that is no list".formatted(field));
    }
    return result;
  }
}
