package dev.trifocal.apps.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores of a model on a split of a data set.
 *
 * @param split the name of the split
 * @param samples the number of samples
 * @param metrics {@code loss}, then the metrics by name
 */
public record EvaluationResult(String split, int samples, Map<String, Double> metrics) {
  public EvaluationResult {
    metrics = new LinkedHashMap<>(metrics);
  }

  /** Formats scores as a table. */
  public static TextTable table(List<EvaluationResult> scores) {
    TextTable table = new TextTable().text("split").number("samples");
    List<String> names = List.copyOf(scores.get(0).metrics.keySet());
    names.forEach(table::number);
    for (EvaluationResult score : scores) {
      Object[] cells = new Object[2 + names.size()];
      cells[0] = score.split;
      cells[1] = NumberText.count(score.samples);
      for (int i = 0; i < names.size(); i++) {
        cells[2 + i] = NumberText.precise(score.metrics.get(names.get(i)));
      }
      table.row(cells);
    }
    return table;
  }

  /** Returns a map for JSON, {@code split, samples, loss, ...}, at full precision. */
  public Map<String, Object> asMap() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("split", split);
    result.put("samples", samples);
    result.putAll(metrics);
    return result;
  }
}
