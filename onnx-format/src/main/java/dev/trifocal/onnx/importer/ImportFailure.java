package dev.trifocal.onnx.importer;

import dev.trifocal.error.UnsupportedLayerException;
import java.util.List;

/**
 * A model that layers do not express. ONNX Runtime may still run its file.
 *
 * @param obstacles a phrase each, every node in the way among them
 */
public record ImportFailure(List<String> obstacles, ModelInfo facts) implements ImportResult {
  public ImportFailure {
    obstacles = List.copyOf(obstacles);
  }

  @Override
  public ImportedGraph orThrow() {
    throw new UnsupportedLayerException(
        "%s cannot become a graph: %s".formatted(facts.name(), String.join("; ", obstacles)));
  }
}
