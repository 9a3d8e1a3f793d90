package dev.trifocal.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Logits;
import dev.trifocal.graph.ScoreOutput;
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
 * The metadata properties of an ONNX file. In files of other tools, class names are read where they
 * are a list or a dictionary; their other properties are ignored.
 *
 * @param classes class names in the order of the class ids; may be empty
 * @param preprocessing the preprocessing of input images
 * @param input shape of one sample
 * @param provenance the program, model and data that the file was made from
 */
public record ModelMetadata(
    List<String> classes,
    Optional<Preprocessing> preprocessing,
    Optional<Shape> input,
    String provenance) {
  private static final String CLASSES = "classes";
  private static final String PREPROCESSING = "preprocessing";
  private static final String PROVENANCE = "trifocal";

  public ModelMetadata {
    classes = List.copyOf(classes);
  }

  /**
   * Reads the metadata of any ONNX file.
   *
   * @param file name used in messages
   * @param properties metadata properties of the file
   * @throws FileException if Trifocal wrote the file, and a property that it uses has an invalid
   *     value
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
   * Fills in class names and preprocessing that the file lacks from {@code config.json} and {@code
   * preprocessor_config.json} beside it, as Hugging Face's tools write them.
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

  /**
   * Returns why files beside a model that could complete its metadata cannot be read, one sentence
   * each; see {@link #completed}.
   */
  public List<String> unreadBeside(Path file) {
    return classes.isEmpty() || preprocessing.isEmpty()
        ? HuggingFaceFiles.beside(file).unread()
        : List.of();
  }

  /** Removes class names of third-party files that are not one per class of the graph. */
  public ModelMetadata fitting(Graph graph) {
    String output =
        ScoreOutput.find(ScoreOutput.of(graph), classes.size())
            .map(ScoreOutput::name)
            .orElseGet(() -> graph.outputs().keySet().iterator().next());
    return fitting(Logits.of(graph, output).classes());
  }

  ModelMetadata fitting(int units) {
    return classes.size() == units || !provenance.isEmpty()
        ? this
        : new ModelMetadata(List.of(), preprocessing, input, provenance);
  }

  /** Returns the properties of a file that look like class names but cannot be read as such. */
  public static List<String> unread(Map<String, String> properties) {
    return ForeignNames.in(properties).isEmpty() ? ForeignNames.candidates(properties) : List.of();
  }

  /**
   * Returns the metadata of a trained classifier: class names, preprocessing and the data that it
   * was trained on.
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
   * Returns metadata for a model; a preprocessing is kept only if the input is an image.
   *
   * @param sample shape of one sample of the first input
   */
  public static ModelMetadata of(
      Shape sample,
      Optional<Preprocessing> preprocessing,
      List<String> classes,
      String provenance) {
    Optional<Shape> image = Optional.of(sample).filter(shape -> shape.rank() == 3);
    return new ModelMetadata(classes, image.flatMap(i -> preprocessing), image, provenance);
  }

  /** Returns the start of a provenance: Trifocal with its version, and the name of the graph. */
  public static String origin(Graph graph) {
    return "Trifocal %s; model %s".formatted(TrifocalVersion.text(), graph.name());
  }

  /**
   * Checks that there is one name per class.
   *
   * @param model name used in messages
   * @throws DataException if the graph is a classifier and the number of classes differs from the
   *     number of names
   */
  public void requireNames(String model, Graph graph) {
    Logits logits = Logits.of(graph);
    boolean scores = logits.graph().output(Graph.OUTPUT).shape().rank() == 1;
    if (!classes.isEmpty() && scores && logits.classes() != classes.size()) {
      throw new DataException(
          "%s has %d classes, but %d class names were given"
              .formatted(model, logits.classes(), classes.size()));
    }
  }

  /** Returns the metadata properties to be stored in a file. */
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

  /** Parses preprocessing in Trifocal's format; anything else is ignored. */
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

  /**
   * Parses class names; the property of a third-party file may hold other text, which is ignored.
   */
  private static List<String> classes(String file, String text) {
    return text.strip().startsWith("[")
        ? List.of(read(file, CLASSES, text, String[].class))
        : List.of();
  }

  private static Shape shape(String text) {
    return Shape.of(Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray());
  }

  private static String wrong(String file, String key) {
    return "%s: invalid metadata property '%s': ".formatted(file, key);
  }

  private static <T> T read(String file, String key, String text, Class<T> type) {
    String wrong = wrong(file, key);
    try {
      T value = new JsonMapper().readValue(text, type);
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
      return new JsonMapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("lists and numbers are serialisable", e);
    }
  }
}
