package dev.trifocal.apps.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trifocal.apps.report.Shapes;
import dev.trifocal.error.FileException;
import dev.trifocal.picture.Preprocessing;
import dev.trifocal.shape.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an ONNX file that Trifocal wrote says in its metadata properties.
 *
 * @param classes names in the order of the class numbers; may be empty
 * @param preprocessing what its pictures go through
 * @param input shape of one sample
 * @param provenance who made it of what
 */
public record ModelMetadata(
    List<String> classes,
    Optional<Preprocessing> preprocessing,
    Optional<Shape> input,
    String provenance) {
  private static final String CLASSES = "classes";
  private static final String PREPROCESSING = "preprocessing";
  private static final String INPUT = "input";
  private static final String PROVENANCE = "trifocal";
  private static final JsonMapper JSON = new JsonMapper();

  public ModelMetadata {
    classes = List.copyOf(classes);
  }

  /**
   * @param file for messages
   * @param properties of any file
   * @throws FileException if one of Trifocal's names stands for something else
   */
  public static ModelMetadata of(String file, Map<String, String> properties) {
    return new ModelMetadata(
        Optional.ofNullable(properties.get(CLASSES))
            .map(text -> classes(file, text))
            .orElse(List.of()),
        Optional.ofNullable(properties.get(PREPROCESSING))
            .map(text -> read(file, PREPROCESSING, text, PreparedPictures.class))
            .map(pictures -> pictures.preprocessing(file)),
        Optional.ofNullable(properties.get(INPUT))
            .filter(text -> text.matches("\\d+x\\d+x\\d+"))
            .map(Shapes::image),
        properties.getOrDefault(PROVENANCE, ""));
  }

  /** As a file keeps it. */
  public Map<String, String> properties() {
    Map<String, String> result = new LinkedHashMap<>();
    if (!classes.isEmpty()) {
      result.put(CLASSES, text(classes));
    }
    preprocessing.ifPresent(p -> result.put(PREPROCESSING, text(PreparedPictures.of(p))));
    input.ifPresent(shape -> result.put(INPUT, Shapes.text(shape)));
    result.put(PROVENANCE, provenance);
    return result;
  }

  /** Files of others may have any text here; only a list of names is of use. */
  private static List<String> classes(String file, String text) {
    return text.strip().startsWith("[")
        ? List.of(read(file, CLASSES, text, String[].class))
        : List.of();
  }

  private static <T> T read(String file, String key, String text, Class<T> type) {
    String wrong = "%s: its metadata property '%s' is wrong: ".formatted(file, key);
    try {
      T value = JSON.readValue(text, type);
      if (value == null || value instanceof String[] names && Arrays.asList(names).contains(null)) {
        throw new FileException(wrong + text);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new FileException(wrong + e.getOriginalMessage(), e);
    }
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("lists and numbers are always JSON", e);
    }
  }
}
