package dev.trifocal.apps.report;

import dev.trifocal.metric.ClassScore;
import dev.trifocal.metric.MultiLabelScores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The scores of a multi-label model for each class.
 *
 * @param split the name of the split
 * @param classes the class names, by id
 */
public record ClassResults(String split, List<String> classes, MultiLabelScores scores)
    implements ResultsByClass {
  public ClassResults {
    classes = List.copyOf(classes);
  }

  @Override
  public TextTable table() {
    TextTable table =
        new TextTable()
            .text(split)
            .number("average precision")
            .number("precision")
            .number("recall")
            .number("f1")
            .number("images");
    for (int id = 0; id < classes.size(); id++) {
      row(table, classes.get(id), scores.averagePrecision(id), scores.score(id));
    }
    row(table, "mean", scores.meanAveragePrecision(), scores.macro());
    return table;
  }

  private static void row(
      TextTable table, String name, OptionalDouble averagePrecision, ClassScore score) {
    table.row(
        name,
        averagePrecision.isPresent() ? NumberText.brief(averagePrecision.getAsDouble()) : "-",
        NumberText.brief(score.precision()),
        NumberText.brief(score.recall()),
        NumberText.brief(score.f1()),
        NumberText.count(score.support()));
  }

  /** Returns a map for JSON, {@code mean_average_precision, classes}, at full precision. */
  @Override
  public Map<String, Object> asMap() {
    List<Map<String, Object>> each = new ArrayList<>();
    for (int id = 0; id < classes.size(); id++) {
      ClassScore score = scores.score(id);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("class", classes.get(id));
      one.put("average_precision", nullable(scores.averagePrecision(id)));
      one.put("precision", score.precision());
      one.put("recall", score.recall());
      one.put("f1", score.f1());
      one.put("images", score.support());
      each.add(one);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("mean_average_precision", nullable(scores.meanAveragePrecision()));
    result.put("classes", each);
    return result;
  }

  private static Double nullable(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
