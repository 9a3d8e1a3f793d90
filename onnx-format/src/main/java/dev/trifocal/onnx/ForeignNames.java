package dev.trifocal.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Names of classes as other tools write them, in JSON or in Python: a list, a dictionary from
 * number to name or from name to number, or a dictionary with either under a usual key. A name may
 * be a list that ends in it, such as ImageNet's {@code ["n01440764", "tench"]}.
 */
public final class ForeignNames {
  /** In which other tools keep them, the likeliest first. */
  private static final List<String> KEYS =
      List.of(
          "classes",
          "names",
          "class_names",
          "labels",
          "id2label",
          "categories",
          "idx_to_class",
          "class_to_idx");

  private ForeignNames() {}

  /** Empty where no property holds names. */
  static List<String> in(Map<String, String> properties) {
    return KEYS.stream()
        .filter(properties::containsKey)
        .map(key -> of(properties.get(key)))
        .filter(names -> !names.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** Names of the properties that could hold some, of those that are there. */
  static List<String> candidates(Map<String, String> properties) {
    return KEYS.stream().filter(properties::containsKey).toList();
  }

  /** Returns the names in the order of the class ids; empty if the text is no list of names. */
  public static List<String> of(String text) {
    String bare =
        text.strip().replaceAll("(?<!\\\\)((?:\\\\\\\\)*)\\\\x([0-9a-fA-F]{2})", "$1\\\\u00$2");
    if (!bare.startsWith("[") && !bare.startsWith("{")) {
      return List.of();
    }
    try {
      return of(lenient().readTree(bare));
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }

  /** Empty where it is no list of names. */
  static List<String> of(JsonNode node) {
    return node.isArray() ? list(node) : node.isObject() ? dictionary(node) : List.of();
  }

  private static List<String> list(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.forEach(name -> name(name).ifPresent(names::add));
    return names.size() == node.size() ? names : List.of();
  }

  private static List<String> dictionary(JsonNode node) {
    Map<Integer, String> names = new TreeMap<>();
    node.properties()
        .forEach(
            entry -> {
              Optional<Integer> first = number(entry.getKey());
              Optional<Integer> second = number(entry.getValue().asText());
              if (first.isPresent()) {
                name(entry.getValue()).ifPresent(name -> names.put(first.get(), name));
              } else if (second.isPresent()) {
                names.put(second.get(), entry.getKey());
              }
            });
    List<Integer> ids = List.copyOf(names.keySet());
    boolean complete =
        names.size() == node.size() && ids.equals(IntStream.range(0, ids.size()).boxed().toList());
    return complete ? List.copyOf(names.values()) : underKey(node);
  }

  private static List<String> underKey(JsonNode node) {
    return KEYS.stream()
        .map(key -> of(node.path(key)))
        .filter(names -> !names.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static Optional<String> name(JsonNode node) {
    return Optional.of(node.isArray() ? node.path(node.size() - 1) : node)
        .filter(name -> name.isTextual() || name.isNumber())
        .map(JsonNode::asText);
  }

  private static Optional<Integer> number(String text) {
    return text.matches("\\d{1,6}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  /**
   * Python's quotes and numbers for keys are none of JSON's. Made where there is something to read,
   * since Jackson takes long to load and most files hold nothing for it.
   */
  private static JsonMapper lenient() {
    return JsonMapper.builder()
        .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
        .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
        .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
        .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }
}
