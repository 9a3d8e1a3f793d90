package dev.trifocal.onnx.importer;

/** What reading an ONNX model came to. */
public sealed interface ImportResult permits ImportedGraph, ImportFailure {
  ModelInfo facts();

  /**
   * The graph.
   *
   * @throws dev.trifocal.error.UnsupportedLayerException if there is none; the message names every
   *     node that stands in the way
   */
  ImportedGraph orThrow();
}
