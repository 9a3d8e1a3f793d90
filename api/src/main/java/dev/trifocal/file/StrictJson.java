package dev.trifocal.file;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.FileException;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads and writes records as JSON. Reading is strict: unknown, missing, duplicate and mistyped
 * fields are errors. Members of a family are identified by the field {@code kind}. Only values of
 * an open family can name a class to load, and the class must be a record of that family.
 */
public final class StrictJson {
  private final JsonMapper mapper;

  private StrictJson(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Creates a reader and writer.
   *
   * @param families interfaces whose implementations are identified by a {@code kind} field
   * @param modules Jackson modules for values with custom formats
   */
  public static StrictJson of(List<KindFamily> families, Module... modules) {
    CustomKinds customs = new CustomKinds(families);
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModules(modules)
            .addModule(new SimpleModule().setDeserializerModifier(new CustomRecords(customs)))
            .handlerInstantiator(new KindResolvers(customs))
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
            .disable(MapperFeature.AUTO_DETECT_GETTERS)
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
    families.forEach(family -> builder.addMixIn(family.type(), Kind.class));
    return new StrictJson(builder.build());
  }

  /**
   * Writes a value as JSON.
   *
   * @throws dev.trifocal.error.ConfigurationException if the value contains a user-defined value
   *     that cannot be saved; the message names its class
   */
  public String write(Object value) {
    try {
      return mapper.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ConfigurationException ours) {
          throw ours;
        }
      }
      throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
    }
  }

  /**
   * Reads a value from JSON.
   *
   * @param source name of the file, for messages
   * @param format required value of the field {@code format}
   * @throws FileException if the text is invalid; the message names the place in the file and the
   *     problem
   */
  public <T> T read(String text, String source, int format, Class<T> type) {
    return read(text, source, format, Map.of(), type);
  }

  /**
   * Reads a value from JSON, upgrading older formats; see {@link #read(String, String, int,
   * Class)}.
   *
   * @param upgrades functions that convert an object of an older format to the next format, by
   *     older format
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
        throw new FileException(
            "%s: is not a Trifocal file: the field 'format' is missing".formatted(source));
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

  /** Identifies the members of a family by the field {@code kind}. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "kind")
  @JsonTypeIdResolver(KindResolver.class)
  private static final class Kind {
    private Kind() {}
  }

  /** Stores a shape as the list of its sizes. */
  private interface Sizes {
    @JsonValue
    List<Integer> sizes();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Shape of(List<Integer> sizes) {
      return new Shape(sizes);
    }
  }
}
