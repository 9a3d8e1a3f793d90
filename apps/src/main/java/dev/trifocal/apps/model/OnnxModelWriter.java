package dev.trifocal.apps.model;

import dev.trifocal.config.SettingsText;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.ModelMetadata;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.onnx.importer.ModelInfo;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes a model as an ONNX file whose metadata holds its class names and preprocessing. */
public record OnnxModelWriter(LoadedModel model) {
  /** Settings that name places on one machine, or change no number. */
  private static final Set<String> LOCAL =
      Set.of(
          "weights",
          "data",
          "data-dir",
          "cache-dir",
          "hub",
          "model",
          "threads",
          "recompute",
          "loader-threads",
          "checkpoint-every",
          "partial");

  /**
   * Writes the model.
   *
   * @throws dev.trifocal.error.DataException if the number of class names is not that of the
   *     outputs
   * @throws dev.trifocal.error.FileException if the file cannot be written
   */
  public void write(Path file) {
    write(file, model.predictionGraph(), model.preprocessing());
  }

  /**
   * Writes the model with the preprocessing as its first layers, so that it takes RGB pixels from 0
   * to 255.
   *
   * @throws ConfigurationException if the preprocessing is unknown
   * @throws dev.trifocal.error.DataException if the number of class names is not that of the
   *     outputs
   * @throws dev.trifocal.error.FileException if the file cannot be written
   */
  public void writeForPixels(Path file) {
    Preprocessing preprocessing =
        model
            .preprocessing()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        model.name()
                            + " does not specify its preprocessing, which --pixels needs; specify"
                            + " it, for example with --preprocessing torchvision"));
    write(
        file,
        PreprocessingLayers.inFront(model.predictionGraph(), preprocessing),
        Optional.of(PreprocessingLayers.remaining(preprocessing)));
  }

  private void write(Path file, Graph graph, Optional<Preprocessing> preprocessing) {
    ModelMetadata metadata =
        ModelMetadata.of(
            model.sample().orElse(Shape.of()), preprocessing, model.classes(), provenance());
    metadata.requireNames(model.name(), graph);
    OnnxExporter.write(file, graph, model.state().checkpoint().weights(), metadata);
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
