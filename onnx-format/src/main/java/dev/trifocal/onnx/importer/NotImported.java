package dev.trifocal.onnx.importer;

import java.util.List;

/**
 * A model that layers do not express. ONNX Runtime may still run its file.
 *
 * @param obstacles a phrase each, every node in the way among them
 */
public record NotImported(List<String> obstacles, ModelFacts facts) implements Import {
  public NotImported {
    obstacles = List.copyOf(obstacles);
  }
}
