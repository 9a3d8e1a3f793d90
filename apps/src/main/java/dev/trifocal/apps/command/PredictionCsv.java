package dev.trifocal.apps.command;

import dev.trifocal.vision.Classification;
import dev.trifocal.vision.Prediction;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Predictions as comma-separated values with a header (RFC 4180). */
final class PredictionCsv {
  private PredictionCsv() {}

  /**
   * @param answers predictions by image name
   * @param top number of classes per image
   */
  static String of(Map<String, Classification> answers, int top) {
    StringBuilder text = new StringBuilder("image,rank,class,probability\n");
    answers.forEach(
        (image, answer) -> {
          List<Prediction> best = answer.top(top);
          for (int i = 0; i < best.size(); i++) {
            text.append(quoted(image)).append(',').append(i + 1).append(',');
            text.append(quoted(best.get(i).name())).append(',');
            text.append(String.format(Locale.ROOT, "%.6f", best.get(i).probability())).append('\n');
          }
        });
    return text.toString();
  }

  private static String quoted(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
