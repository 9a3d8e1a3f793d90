package dev.trifocal.apps.model;

import dev.trifocal.config.SettingsText;
import dev.trifocal.onnx.ModelMetadata;
import dev.trifocal.onnx.importer.ModelInfo;
import dev.trifocal.trainer.EnvironmentProvenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The origin of a model, on one line. */
final class ModelProvenance {
  /** Settings that name local paths or do not affect results. */
  static final Set<String> LOCAL =
      Set.of(
          "weights",
          "data",
          "data-dir",
          "cache-dir",
          "hub",
          "model",
          "threads",
          "loader-threads",
          "checkpoint-every",
          "partial");

  private ModelProvenance() {}

  static String of(LoadedModel model) {
    List<String> parts = new ArrayList<>(List.of(ModelMetadata.origin(model.graph())));
    model.facts().map(ModelProvenance::before).filter(b -> !b.isEmpty()).ifPresent(parts::add);
    Map<String, String> training = new LinkedHashMap<>(model.state().progress().provenance());
    training.keySet().removeAll(EnvironmentProvenance.HOST);
    if (!training.isEmpty()) {
      Map<String, String> settings = new LinkedHashMap<>(SettingsText.values(model.settings()));
      settings.keySet().removeAll(LOCAL);
      settings.keySet().removeAll(Set.of("batch-size", "shuffle"));
      training.forEach((key, value) -> parts.add(key + " " + value));
      settings.forEach((key, value) -> parts.add(key + " " + value));
    }
    return String.join("; ", parts);
  }

  /** Returns the recorded origin of a file written by Trifocal, else the name of its producer. */
  private static String before(ModelInfo facts) {
    String own = ModelMetadata.of(facts.name(), facts.metadata()).provenance();
    if (!own.isEmpty()) {
      return "before: " + own;
    }
    return facts.producer().isEmpty() ? "" : "first written by " + facts.producer();
  }
}
