package dev.trifocal.apps.model;

import dev.trifocal.config.SettingsText;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.FullyConvolutional;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.ModelMetadata;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.onnx.importer.ModelInfo;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a model as an ONNX file whose metadata holds its class names and preprocessing.
 *
 * @param graph the graph to write
 * @param weights the weights of the graph
 * @param preprocessing the preprocessing that the file asks its user for
 */
public record OnnxModelWriter(
    LoadedModel model, Graph graph, Weights weights, Optional<Preprocessing> preprocessing)
    implements ModelWriter {
  /** Settings that name places on one machine, or change no number. */
  private static final Set<String> LOCAL =
      Set.of(
          "weights",
          "data",
          "data-dir",
          "mask-classes",
          "cache-dir",
          "hub",
          "model",
          "threads",
          "precision",
          "recompute",
          "memory",
          "loader-threads",
          "checkpoint-every",
          "partial");

  /** Returns a writer of the model as it is. */
  public static OnnxModelWriter of(LoadedModel model) {
    return of(model, model.predictionGraph(), model.preprocessing());
  }

  /** Returns a writer of the model as a fully convolutional network. */
  public static OnnxModelWriter of(LoadedModel model, FullyConvolutional network) {
    return new OnnxModelWriter(
        model,
        network.graph(),
        network.weights(model.state().checkpoint().weights()),
        model.preprocessing());
  }

  /**
   * Returns a writer of the model with the preprocessing as its first layers, so that it takes RGB
   * pixels from 0 to 255.
   *
   * @throws ConfigurationException if the preprocessing is unknown
   */
  public static OnnxModelWriter forPixels(LoadedModel model) {
    Preprocessing preprocessing =
        model
            .preprocessing()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        model.name()
                            + " does not specify its preprocessing, which --pixels needs; specify"
                            + " it, for example with --preprocessing torchvision"));
    return of(
        model,
        PreprocessingLayers.inFront(model.predictionGraph(), preprocessing),
        Optional.of(PreprocessingLayers.remaining(preprocessing)));
  }

  private static OnnxModelWriter of(
      LoadedModel model, Graph graph, Optional<Preprocessing> preprocessing) {
    Weights weights = model.state().checkpoint().weights().only(graph.weightShapes().keySet());
    return new OnnxModelWriter(model, graph, weights, preprocessing);
  }

  @Override
  public void write(Path target, Optional<HalfPrecision> half) {
    ModelMetadata metadata = metadata();
    half.ifPresentOrElse(
        format -> OnnxExporter.write(target, graph, weights, metadata, format),
        () -> OnnxExporter.write(target, graph, weights, metadata));
  }

  @Override
  public Path file(Path target) {
    return target;
  }

  @Override
  public long float32Bytes() {
    return OnnxExporter.bytes(graph, weights, metadata());
  }

  private ModelMetadata metadata() {
    ModelMetadata metadata =
        ModelMetadata.of(
            model.sample().orElse(Shape.of()), preprocessing, model.classes(), provenance());
    metadata.requireNames(model.name(), graph);
    return metadata;
  }

  /** Where the model comes from, in one line. */
  private String provenance() {
    List<String> parts = new ArrayList<>(List.of(ModelMetadata.origin(model.graph())));
    model.facts().map(OnnxModelWriter::before).filter(b -> !b.isEmpty()).ifPresent(parts::add);
    Map<String, String> training = model.state().progress().provenance();
    if (!training.isEmpty()) {
      Map<String, String> settings = new LinkedHashMap<>(SettingsText.values(model.settings()));
      settings.keySet().removeAll(LOCAL);
      settings.keySet().removeAll(Set.of("batch-size", "shuffle"));
      training.forEach((key, value) -> parts.add(key + " " + value));
      settings.forEach((key, value) -> parts.add(key + " " + value));
    }
    return String.join("; ", parts);
  }

  /** What the file itself came from, if Trifocal wrote it; else who wrote it. */
  private static String before(ModelInfo facts) {
    String own = ModelMetadata.of(facts.name(), facts.metadata()).provenance();
    if (!own.isEmpty()) {
      return "before: " + own;
    }
    return facts.producer().isEmpty() ? "" : "first written by " + facts.producer();
  }
}
