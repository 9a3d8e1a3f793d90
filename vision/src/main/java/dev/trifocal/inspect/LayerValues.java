package dev.trifocal.inspect;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of all layers of a network for a batch of samples, in the memory of the JVM. Batch
 * norm and dropout run in evaluation mode.
 */
public final class LayerValues {
  private final Graph graph;
  private final Map<String, Tensor> values;

  private LayerValues(Graph graph, Map<String, Tensor> values) {
    this.graph = graph;
    this.values = values;
  }

  /**
   * Runs a network.
   *
   * @param graph a network with one input
   * @param weights at least those of the network
   * @param samples float32 {@code [N, ...]}
   * @throws ConfigurationException unless the network has one input
   * @throws dev.trifocal.error.TrifocalException for the same reasons as {@link Backend#compile}
   *     and {@link Program#run}
   */
  public static LayerValues of(
      Graph graph, Weights weights, Tensor samples, Backend backend, RunOptions options) {
    List<Node> inputs = graph.inputs();
    if (inputs.size() != 1) {
      throw new ConfigurationException(
          "%s has %d inputs; only networks with one input can be inspected"
              .formatted(graph.name(), inputs.size()));
    }
    String input = inputs.get(0).path();
    List<String> layers =
        graph.nodes().stream().map(Node::path).filter(path -> !path.equals(input)).toList();
    Map<String, String> outputs = new LinkedHashMap<>();
    layers.forEach(path -> outputs.put(path, path));
    Graph all = new Graph(graph.name(), graph.nodes(), outputs);
    Map<String, Tensor> results;
    try (Program program =
        backend.compile(all, weights.only(all.weightShapes().keySet()), options)) {
      results = program.run(Map.of(input, samples));
    }
    Map<String, Tensor> values = new LinkedHashMap<>();
    values.put(input, samples);
    layers.forEach(path -> values.put(path, results.get(path)));
    return new LayerValues(graph, values);
  }

  /**
   * Returns the value of a layer, {@code [N, ...]}, or {@code [1, ...]} if it does not depend on
   * the samples.
   *
   * @throws dev.trifocal.error.GraphException if there is no such layer
   */
  public Tensor value(String path) {
    return values.get(graph.node(path).path());
  }

  /** Returns the statistics of the values by the path of the layer, the input's first. */
  public Map<String, ValueStatistics> statistics() {
    Map<String, ValueStatistics> result = new LinkedHashMap<>();
    values.forEach((path, value) -> result.put(path, ValueStatistics.of(value)));
    return result;
  }
}
