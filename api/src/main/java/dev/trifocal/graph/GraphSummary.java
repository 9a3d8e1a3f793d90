package dev.trifocal.graph;

import dev.trifocal.layer.Parameter;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a graph is made of, for tables and reports.
 *
 * @param rows one per node, in the order of the graph
 */
public record GraphSummary(String name, List<Row> rows) {
  /**
   * One node.
   *
   * @param shape of its output, of one sample
   * @param parameters numbers that training may change
   * @param statistics numbers that the layer keeps itself, such as running means
   * @param multiplyAdds for one sample, of convolutions and dense layers
   */
  public record Row(
      String path,
      String kind,
      Shape shape,
      long parameters,
      long statistics,
      long multiplyAdds,
      boolean frozen) {
    public static Row of(Node node) {
      return new Row(
          node.path(),
          node.layer().kind(),
          node.shape(),
          elements(node, Parameter.Role.LEARNED),
          elements(node, Parameter.Role.STATISTIC),
          node.layer().multiplyAdds(node.inputShapes()),
          node.frozen());
    }
  }

  public GraphSummary {
    rows = List.copyOf(rows);
  }

  public static GraphSummary of(Graph graph) {
    return new GraphSummary(graph.name(), graph.nodes().stream().map(Row::of).toList());
  }

  /** Learned parameters of all layers, frozen ones included. */
  public long parameters() {
    return total(Row::parameters);
  }

  /** Learned parameters of the layers that are not frozen. */
  public long trainable() {
    return total(row -> row.frozen() ? 0 : row.parameters());
  }

  public long statistics() {
    return total(Row::statistics);
  }

  /** For one sample. */
  public long multiplyAdds() {
    return total(Row::multiplyAdds);
  }

  private long total(ToLongFunction<Row> column) {
    return rows.stream().mapToLong(column).sum();
  }

  private static long elements(Node node, Parameter.Role role) {
    return node.parameters().stream()
        .filter(parameter -> parameter.role() == role)
        .mapToLong(parameter -> parameter.shape().elements())
        .sum();
  }
}
