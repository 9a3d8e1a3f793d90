package dev.trifocal.apps.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model came to on a part of a data set.
 *
 * @param metrics {@code loss}, then the metrics under their names
 */
public record Score(String split, int samples, Map<String, Double> metrics) {
  public Score {
    metrics = new LinkedHashMap<>(metrics);
  }

  /** The same columns and digits wherever scores are printed. */
  public static Table table(List<Score> scores) {
    Table table = new Table().text("split").number("samples");
    List<String> names = List.copyOf(scores.get(0).metrics.keySet());
    names.forEach(table::number);
    for (Score score : scores) {
      Object[] cells = new Object[2 + names.size()];
      cells[0] = score.split;
      cells[1] = Numbers.count(score.samples);
      for (int i = 0; i < names.size(); i++) {
        cells[2 + i] = Numbers.precise(score.metrics.get(names.get(i)));
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
