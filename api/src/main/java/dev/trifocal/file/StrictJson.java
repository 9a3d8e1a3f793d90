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
 * JSON files of records, read without mercy: unknown, missing, doubled and ill-typed fields are
 * refused. A member of a family carries its record's name in the field {@code kind}. Only a file
 * with an open family can name a class to load, and only a record of that family comes of it.
 */
public final class StrictJson {
  private final JsonMapper mapper;

  private StrictJson(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * @param modules for values that are written in ways of their own
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
   * @throws dev.trifocal.error.ConfigurationException if it holds a value of an open family that
   *     cannot be saved, naming its class
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

  /** How a member of a family says which one it is. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "kind")
  @JsonTypeIdResolver(KindResolver.class)
  private static final class Kind {
    private Kind() {}
  }

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
