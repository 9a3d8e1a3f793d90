package dev.trifocal.onnx.importer;

/** What reading an ONNX model came to. */
public sealed interface Import permits ImportedGraph, NotImported {
  ModelFacts facts();

  /**
   * The graph.
   *
   * @throws dev.trifocal.error.UnsupportedLayerException if there is none; the message names every
   *     node that stands in the way
   */
  ImportedGraph orThrow();
}
