package dev.trifocal.onnx.importer;

import dev.trifocal.error.UnsupportedLayerException;
import java.util.List;

/**
 * A model that cannot be expressed in layers. ONNX Runtime may still run its file.
 *
 * @param obstacles one phrase per obstacle, including every unsupported node
 */
public record ImportFailure(List<String> obstacles, ModelInfo facts) implements ImportResult {
  public ImportFailure {
    obstacles = List.copyOf(obstacles);
  }

  @Override
  public ImportedGraph orThrow() {
    throw new UnsupportedLayerException(
        "%s cannot be converted to a graph: %s"
            .formatted(facts.name(), String.join("; ", obstacles)));
  }
}
