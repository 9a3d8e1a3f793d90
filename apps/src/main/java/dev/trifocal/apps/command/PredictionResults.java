package dev.trifocal.apps.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.report.TextTable;
import dev.trifocal.vision.Classification;
import dev.trifocal.vision.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The predictions for images as table, JSON or CSV.
 *
 * @param answers predictions in the order of the images, of which two may have one name
 * @param top number of classes per image; of a multi-label model, all that are predicted, even if
 *     there are more
 * @param threshold probability above which a class of a multi-label model counts as predicted;
 *     empty if classes exclude each other
 */
record PredictionResults(List<Answer> answers, int top, OptionalDouble threshold) {
  /** The scores of an image's classes. */
  record Answer(String image, Classification scores) {}

  private static final String IMAGE = "image";
  private static final String CLASS = "class";
  private static final String PROBABILITY = "probability";
  private static final String PREDICTED = "predicted";

  String table() {
    TextTable table = new TextTable().text(IMAGE).text(CLASS).number(PROBABILITY);
    if (threshold.isPresent()) {
      table.text(PREDICTED);
    }
    answers.forEach(
        answer -> {
          String shown = answer.image();
          for (Prediction prediction : shown(answer.scores())) {
            List<Object> cells = new ArrayList<>(List.of(shown, prediction.name()));
            cells.add(isKnown(prediction) ? NumberText.brief(prediction.probability()) : "-");
            if (threshold.isPresent()) {
              cells.add(isPredicted(prediction) ? "yes" : "no");
            }
            table.row(cells.toArray());
            shown = "";
          }
        });
    return table.toString();
  }

  /** Returns one map per image for JSON. */
  List<Map<String, Object>> asList() {
    List<Map<String, Object>> result = new ArrayList<>();
    answers.forEach(
        answer -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put(IMAGE, answer.image());
          entry.put("classes", shown(answer.scores()).stream().map(this::described).toList());
          result.add(entry);
        });
    return result;
  }

  /** Returns comma-separated values with a header (RFC 4180). */
  String csv() {
    CsvSchema.Builder columns =
        CsvSchema.builder().addColumn(IMAGE).addColumn("rank").addColumn(CLASS);
    columns.addColumn(PROBABILITY);
    if (threshold.isPresent()) {
      columns.addColumn(PREDICTED);
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    answers.forEach(
        answer -> {
          List<Prediction> best = shown(answer.scores());
          for (int i = 0; i < best.size(); i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put(IMAGE, answer.image());
            row.put("rank", i + 1);
            row.put(CLASS, best.get(i).name());
            row.put(PROBABILITY, String.format(Locale.ROOT, "%.6f", best.get(i).probability()));
            if (threshold.isPresent()) {
              row.put(PREDICTED, isPredicted(best.get(i)) ? 1 : 0);
            }
            rows.add(row);
          }
        });
    try {
      return CsvMapper.csvBuilder()
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .build()
          .writer(columns.build().withHeader())
          .writeValueAsString(rows);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Prediction> shown(Classification answer) {
    int predicted = threshold.isPresent() ? answer.above(threshold.getAsDouble()).size() : 0;
    return answer.top(Math.max(top, predicted));
  }

  private Map<String, Object> described(Prediction prediction) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put(CLASS, prediction.name());
    result.put(PROBABILITY, isKnown(prediction) ? prediction.probability() : null);
    if (threshold.isPresent()) {
      result.put(PREDICTED, isPredicted(prediction));
    }
    return result;
  }

  private boolean isPredicted(Prediction prediction) {
    return prediction.probability() > threshold.getAsDouble();
  }

  private static boolean isKnown(Prediction prediction) {
    return !Double.isNaN(prediction.probability());
  }
}
