package dev.trifocal.onnx.importer;

import dev.trifocal.graph.Graph;
import dev.trifocal.weights.Weights;

/**
 * A model that is a graph now, for any backend to run and train.
 *
 * @param weights float32, by the graph's names
 */
public record ImportedGraph(Graph graph, Weights weights, ModelInfo facts) implements ImportResult {
  @Override
  public ImportedGraph orThrow() {
    return this;
  }
}
