package dev.trifocal.onnx.importer;

import dev.trifocal.graph.Graph;
import dev.trifocal.weights.Weights;

/**
 * A model converted to a graph, which any backend can run and train.
 *
 * @param weights float32 weights by their full names in the graph
 */
public record ImportedGraph(Graph graph, Weights weights, ModelInfo facts) implements ImportResult {
  @Override
  public ImportedGraph orThrow() {
    return this;
  }
}
