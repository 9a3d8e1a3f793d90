package dev.trifocal.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Logits;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.version.TrifocalVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an ONNX file says in its metadata properties. In files of others the names of the classes
 * are understood where they are a list or a dictionary; what else they say is left alone.
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
  private static final String PROVENANCE = "trifocal";
  private static final JsonMapper JSON = new JsonMapper();

  public ModelMetadata {
    classes = List.copyOf(classes);
  }

  /**
   * @param file for messages
   * @param properties of any file
   * @throws FileException if Trifocal wrote the file, and one of its names stands for something
   *     else
   */
  public static ModelMetadata of(String file, Map<String, String> properties) {
    if (!properties.containsKey(PROVENANCE)) {
      return new ModelMetadata(
          ForeignNames.in(properties), foreign(file, properties), input(properties), "");
    }
    return new ModelMetadata(
        Optional.ofNullable(properties.get(CLASSES))
            .map(text -> classes(file, text))
            .orElse(List.of()),
        Optional.ofNullable(properties.get(PREPROCESSING))
            .map(
                text ->
                    read(file, PREPROCESSING, text, PreprocessingJson.class)
                        .preprocessing(wrong(file, PREPROCESSING))),
        input(properties),
        properties.getOrDefault(PROVENANCE, ""));
  }

  /**
   * With what {@code config.json} and {@code preprocessor_config.json} beside the file say, as
   * Hugging Face's tools write them, where the file itself says nothing.
   */
  public ModelMetadata completed(Path file) {
    if (!classes.isEmpty() && preprocessing.isPresent()) {
      return this;
    }
    HuggingFaceFiles beside = HuggingFaceFiles.beside(file);
    return new ModelMetadata(
        classes.isEmpty() ? beside.classes() : classes,
        preprocessing.or(beside::preprocessing),
        input,
        provenance);
  }

  /** Without names where there is not one for each class: they are those of something else. */
  public ModelMetadata fitting(int units) {
    return classes.size() == units || !provenance.isEmpty()
        ? this
        : new ModelMetadata(List.of(), preprocessing, input, provenance);
  }

  /** The properties of a file that could hold the names of its classes, but do not. */
  public static List<String> unread(Map<String, String> properties) {
    return ForeignNames.in(properties).isEmpty() ? ForeignNames.candidates(properties) : List.of();
  }

  /**
   * What a trained classifier says of itself: the names of its classes, how its pictures are
   * prepared, and what it was trained on.
   */
  public static ModelMetadata of(TrainingState state) {
    Graph graph = state.checkpoint().graph();
    List<String> parts = new ArrayList<>(List.of(origin(graph)));
    state.progress().provenance().forEach((key, value) -> parts.add(key + " " + value));
    return of(
        graph.inputs().get(0).shape(),
        state.preprocessing(),
        state.classes(),
        String.join("; ", parts));
  }

  /**
   * @param sample of the first input; what is no image has no preprocessing
   */
  public static ModelMetadata of(
      Shape sample,
      Optional<Preprocessing> preprocessing,
      List<String> classes,
      String provenance) {
    Optional<Shape> image = Optional.of(sample).filter(shape -> shape.rank() == 3);
    return new ModelMetadata(classes, image.flatMap(i -> preprocessing), image, provenance);
  }

  /** How a provenance begins: this program with its version, and the graph's name. */
  public static String origin(Graph graph) {
    return "Trifocal %s; model %s".formatted(TrifocalVersion.text(), graph.name());
  }

  /**
   * @param model for messages
   * @throws DataException if the graph classifies, and not as many classes as there are names
   */
  public void requireNames(String model, Graph graph) {
    Shape scores = Logits.of(graph).graph().output(Graph.OUTPUT).shape();
    if (!classes.isEmpty() && scores.rank() == 1 && scores.size(0) != classes.size()) {
      throw new DataException(
          "%s tells %d classes apart, but there are %d names for them"
              .formatted(model, scores.size(0), classes.size()));
    }
  }

  /** As a file keeps it. */
  public Map<String, String> properties() {
    Map<String, String> result = new LinkedHashMap<>();
    if (!classes.isEmpty()) {
      result.put(CLASSES, text(classes));
    }
    preprocessing.ifPresent(p -> result.put(PREPROCESSING, text(PreprocessingJson.of(p))));
    input.ifPresent(shape -> result.put(OnnxExporter.INPUT, OnnxExporter.size(shape)));
    result.put(PROVENANCE, provenance);
    return result;
  }

  /** As Trifocal writes it, and perhaps not. */
  private static Optional<Preprocessing> foreign(String file, Map<String, String> properties) {
    try {
      return Optional.ofNullable(properties.get(PREPROCESSING))
          .map(text -> read(file, PREPROCESSING, text, PreprocessingJson.class).preprocessing(""));
    } catch (FileException e) {
      return Optional.empty();
    }
  }

  private static Optional<Shape> input(Map<String, String> properties) {
    return Optional.ofNullable(properties.get(OnnxExporter.INPUT))
        .filter(text -> text.matches("[1-9]\\d{0,5}x[1-9]\\d{0,5}x[1-9]\\d{0,5}"))
        .map(ModelMetadata::shape);
  }

  /** Only a list of names is of use. */
  private static List<String> classes(String file, String text) {
    return text.strip().startsWith("[")
        ? List.of(read(file, CLASSES, text, String[].class))
        : List.of();
  }

  private static Shape shape(String text) {
    return Shape.of(Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray());
  }

  private static String wrong(String file, String key) {
    return "%s: its metadata property '%s' is wrong: ".formatted(file, key);
  }

  private static <T> T read(String file, String key, String text, Class<T> type) {
    String wrong = wrong(file, key);
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
