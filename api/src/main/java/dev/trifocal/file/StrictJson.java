package dev.trifocal.file;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.trifocal.error.FileException;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * JSON files of records, read without mercy: unknown, missing, doubled and ill-typed fields are
 * refused. A member of a sealed family carries its record's name in the field {@code kind}; only
 * names of the family are ever looked up, so a file cannot name a class to load.
 */
public final class StrictJson {
  private final JsonMapper mapper;

  private StrictJson(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * @param families sealed interfaces whose permitted members are records
   */
  public static StrictJson of(List<Class<?>> families) {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addMixIn(Shape.class, Sizes.class)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
    for (Class<?> family : families) {
      builder.addMixIn(family, Kind.class);
      for (Class<?> member : family.getPermittedSubclasses()) {
        builder.registerSubtypes(new NamedType(member, member.getSimpleName()));
      }
    }
    return new StrictJson(builder.build());
  }

  public String write(Object value) {
    try {
      return mapper.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a value that JSON can hold: " + value, e);
    }
  }

  /**
   * @param source for messages: the file's name
   * @param format the number that the file's field {@code format} must have
   * @throws FileException saying where in the file what is wrong
   */
  public <T> T read(String text, String source, int format, Class<T> type) {
    return read(text, source, format, Map.of(), type);
  }

  /**
   * As {@link #read(String, String, int, Class)}, and older formats as well.
   *
   * @param upgrades from an older format to what turns such an object into the next format
   */
  public <T> T read(
      String text,
      String source,
      int format,
      Map<Integer, Consumer<ObjectNode>> upgrades,
      Class<T> type) {
    try {
      JsonNode tree = mapper.readTree(text);
      JsonNode found = tree.path("format");
      if (!found.isInt()) {
        throw new FileException("%s: is no file of Trifocal: it has no format".formatted(source));
      }
      for (int old = found.intValue(); upgrades.containsKey(old); old++) {
        ObjectNode object = (ObjectNode) tree;
        upgrades.get(old).accept(object);
        found = object.put("format", old + 1).path("format");
      }
      if (found.intValue() != format) {
        throw new FileException(
            "%s: has format %d, but this version of Trifocal reads format %d; use the version that wrote it"
                .formatted(source, found.intValue(), format));
      }
      return mapper.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new FileException("%s: %s".formatted(source, JsonProblem.of(e)), e);
    }
  }

  /** How a member of a sealed family says which one it is. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  private interface Kind {}

  /** A shape is the list of its sizes. */
  private interface Sizes {
    @JsonValue
    List<Integer> sizes();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Shape of(List<Integer> sizes) {
      return new Shape(sizes);
    }
  }
}
