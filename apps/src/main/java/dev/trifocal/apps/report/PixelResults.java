package dev.trifocal.apps.report;

import dev.trifocal.metric.ClassScore;
import dev.trifocal.metric.ConfusionMatrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of a segmentation network for each class, pixel by pixel.
 *
 * @param split the name of the split
 * @param classes the class names, by id
 * @param pixels counts of actual against predicted classes, without void
 */
public record PixelResults(String split, List<String> classes, ConfusionMatrix pixels)
    implements ResultsByClass {
  public PixelResults {
    classes = List.copyOf(classes);
  }

  @Override
  public TextTable table() {
    TextTable table =
        new TextTable()
            .text(split)
            .number("iou")
            .number("precision")
            .number("recall")
            .number("pixels");
    for (int id = 0; id < classes.size(); id++) {
      ClassScore score = pixels.score(id);
      table.row(
          classes.get(id),
          occurs(id) ? NumberText.brief(score.iou()) : "-",
          NumberText.brief(score.precision()),
          NumberText.brief(score.recall()),
          NumberText.count(score.support()));
    }
    ClassScore mean = pixels.macro();
    return table.row(
        "mean",
        NumberText.brief(pixels.meanIou()),
        NumberText.brief(mean.precision()),
        NumberText.brief(mean.recall()),
        NumberText.count(mean.support()));
  }

  @Override
  public Map<String, Object> asMap() {
    List<Map<String, Object>> each = new ArrayList<>();
    for (int id = 0; id < classes.size(); id++) {
      ClassScore score = pixels.score(id);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("class", classes.get(id));
      one.put("iou", occurs(id) ? score.iou() : null);
      one.put("precision", score.precision());
      one.put("recall", score.recall());
      one.put("pixels", score.support());
      each.add(one);
    }
    return Map.of("classes", each);
  }

  private boolean occurs(int id) {
    return pixels.support(id) + pixels.taken(id) > 0;
  }
}
