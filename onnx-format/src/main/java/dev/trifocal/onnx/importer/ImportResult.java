package dev.trifocal.onnx.importer;

/** The result of reading an ONNX model. */
public sealed interface ImportResult permits ImportedGraph, ImportFailure {
  ModelInfo facts();

  /**
   * Returns the imported graph.
   *
   * @throws dev.trifocal.error.UnsupportedLayerException if the model cannot be converted; the
   *     message names every unsupported node
   */
  ImportedGraph orThrow();
}
