package dev.trifocal.apps.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model came to on a part of a data set.
 *
 * @param metrics {@code loss}, then the metrics under their names
 */
public record EvaluationResult(String split, int samples, Map<String, Double> metrics) {
  public EvaluationResult {
    metrics = new LinkedHashMap<>(metrics);
  }

  /** The same columns and digits wherever scores are printed. */
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

  /** For JSON: {@code split, samples, loss, ...} at full precision. */
  public Map<String, Object> asMap() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("split", split);
    result.put("samples", samples);
    result.putAll(metrics);
    return result;
  }
}
