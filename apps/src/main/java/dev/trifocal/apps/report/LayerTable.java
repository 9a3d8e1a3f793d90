package dev.trifocal.apps.report;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphSummary;
import dev.trifocal.inspect.ValueStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statistics of the values of all layers.
 *
 * @param statistics by the path of the layer
 */
public record LayerTable(Graph graph, Map<String, ValueStatistics> statistics) {
  /** Formats the table as text. */
  public String text() {
    TextTable table =
        new TextTable()
            .text("layer")
            .text("kind")
            .text("output")
            .number("mean")
            .number("std")
            .number("min")
            .number("max")
            .number("zeros")
            .number("not finite");
    for (GraphSummary.Row row : GraphSummary.of(graph).rows()) {
      ValueStatistics values = statistics.get(row.path());
      table.row(
          row.path(),
          row.kind(),
          ShapeText.text(row.shape()),
          NumberText.rate(values.mean()),
          NumberText.rate(values.std()),
          NumberText.rate(values.min()),
          NumberText.rate(values.max()),
          NumberText.percent(values.zeros()),
          values.nonFinite() == 0 ? "" : NumberText.count(values.nonFinite()));
    }
    return table.toString();
  }

  /** Returns the table as a list for JSON; numbers that do not exist are {@code null}. */
  public List<Map<String, Object>> asList() {
    List<Map<String, Object>> result = new ArrayList<>();
    for (GraphSummary.Row row : GraphSummary.of(graph).rows()) {
      ValueStatistics values = statistics.get(row.path());
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("path", row.path());
      entry.put("kind", row.kind());
      entry.put("shape", row.shape().toLongs());
      entry.put("mean", finite(values.mean()));
      entry.put("std", finite(values.std()));
      entry.put("min", finite(values.min()));
      entry.put("max", finite(values.max()));
      entry.put("zeros", values.zeros());
      entry.put("not_finite", values.nonFinite());
      result.add(entry);
    }
    return result;
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
