package dev.trifocal.apps.mutation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Changes of a JSON text that leave it JSON: one child of one object or array. */
enum JsonMutation {
  REMOVE((parent, child, all, dice) -> parent.remove(child)),
  NUMBER(
      (parent, child, all, dice) ->
          parent.put(child, JsonNodeFactory.instance.numberNode(dice.number()))),
  REAL(
      (parent, child, all, dice) ->
          parent.put(
              child, JsonNodeFactory.instance.numberNode(Double.longBitsToDouble(dice.bits())))),
  TEXT(
      (parent, child, all, dice) ->
          parent.put(child, JsonNodeFactory.instance.textNode(dice.of(Change.TEXTS)))),
  NULL((parent, child, all, dice) -> parent.put(child, JsonNodeFactory.instance.nullNode())),
  TRUTH(
      (parent, child, all, dice) -> parent.put(child, JsonNodeFactory.instance.booleanNode(true))),
  OTHER((parent, child, all, dice) -> parent.put(child, dice.of(all).deepCopy())),
  NEST(
      (parent, child, all, dice) -> {
        JsonNode inner = JsonNodeFactory.instance.arrayNode();
        for (int depth = dice.of(Change.DEPTHS); depth > 0; depth--) {
          inner = JsonNodeFactory.instance.arrayNode().add(inner);
        }
        parent.put(child, inner);
      }),
  REPEAT(
      (parent, child, all, dice) -> {
        ArrayNode many = JsonNodeFactory.instance.arrayNode();
        for (int i = dice.of(Change.DEPTHS); i > 0; i--) {
          many.add(parent.get(child));
        }
        parent.put(child, many);
      });

  private static final JsonMapper JSON = new JsonMapper();

  /** An object or an array. */
  private record Parent(JsonNode node) {
    JsonNode get(int child) {
      return node instanceof ObjectNode object ? object.get(name(child)) : node.get(child);
    }

    void put(int child, JsonNode value) {
      if (node instanceof ObjectNode object) {
        object.set(name(child), value);
      } else {
        ((ArrayNode) node).set(child, value);
      }
    }

    void remove(int child) {
      if (node instanceof ObjectNode object) {
        object.remove(name(child));
      } else {
        ((ArrayNode) node).remove(child);
      }
    }

    private String name(int child) {
      List<String> names = new ArrayList<>();
      node.fieldNames().forEachRemaining(names::add);
      return names.get(child);
    }
  }

  /** What is done to one child. */
  @FunctionalInterface
  private interface Change {
    List<Integer> DEPTHS = List.of(1, 2, 100, 300);
    List<String> TEXTS =
        List.of(
            "", " ", ".", "/", "\0", "\u00e9\u202e", "NaN", "1e999", "java.lang.Object", "conv1");

    void at(Parent parent, int child, List<JsonNode> all, RandomChoices dice);
  }

  private final Change change;

  JsonMutation(Change change) {
    this.change = change;
  }

  /** Changes a text at one place; what is no JSON object stays as it is. */
  byte[] of(byte[] text, RandomChoices dice) {
    try {
      JsonNode root = JSON.readTree(text);
      List<JsonNode> all = new ArrayList<>();
      collect(root, all);
      List<JsonNode> parents = all.stream().filter(node -> !node.isEmpty()).toList();
      if (parents.isEmpty()) {
        return text;
      }
      Parent parent = new Parent(dice.of(parents));
      change.at(parent, dice.below(parent.node().size()), all, dice);
      return root.toString().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> all) {
    all.add(node);
    node.forEach(child -> collect(child, all));
  }
}
