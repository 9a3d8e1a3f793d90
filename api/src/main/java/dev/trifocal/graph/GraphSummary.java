package dev.trifocal.graph;

import dev.trifocal.layer.Parameter;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The shapes and sizes of a graph's nodes, for tables and reports.
 *
 * @param rows one row per node, in the order of the graph
 */
public record GraphSummary(String name, List<Row> rows) {
  /**
   * The summary of one node.
   *
   * @param shape output shape of one sample
   * @param parameters number of learned parameters
   * @param statistics number of values that the layer updates itself, such as running means
   * @param multiplyAdds multiply-adds of convolutions and dense layers for one sample
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

  /** Returns the number of learned parameters of all layers, including frozen ones. */
  public long parameters() {
    return total(Row::parameters);
  }

  /** Returns the number of learned parameters of the layers that are not frozen. */
  public long trainable() {
    return total(row -> row.frozen() ? 0 : row.parameters());
  }

  public long statistics() {
    return total(Row::statistics);
  }

  /** Returns whether training updates statistics, so that results depend on the batches. */
  public boolean updatesStatistics() {
    return rows.stream().anyMatch(row -> !row.frozen() && row.statistics() > 0);
  }

  /** Returns the number of multiply-adds for one sample. */
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
