package dev.trifocal.onnx.importer;

/** What reading an ONNX model came to. */
public sealed interface Import permits ImportedGraph, NotImported {
  ModelFacts facts();
}
