package dev.trifocal.apps.report;

import dev.trifocal.graph.GraphSummary;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.zoo.HubWeights;
import dev.trifocal.zoo.PublishedFigure;
import dev.trifocal.zoo.PublishedResults;
import dev.trifocal.zoo.ZooModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The table of zoo models. */
public record ZooReport(List<ZooModel> models) {
  /** Formats the models as a text table. */
  public String text() {
    TextTable table =
        new TextTable()
            .text("model")
            .number("year")
            .text("input")
            .number("parameters")
            .number("multiply-adds")
            .number("top-1")
            .text("weights")
            .text("paper");
    for (ZooModel model : models) {
      GraphSummary summary = GraphSummary.of(model.graph());
      table.row(
          model.name(),
          model.paper().year(),
          ShapeText.text(model.input()),
          NumberText.count(summary.parameters()),
          NumberText.count(summary.multiplyAdds()),
          model.published().top1().map(top1 -> top1.value() + " %").orElse(""),
          model.hubWeights().map(weights -> "published").orElse(""),
          model.paper().title());
    }
    return table.toString();
  }

  /** Returns the models as maps for JSON. */
  public List<Map<String, Object>> asList() {
    return models.stream().map(ZooReport::described).toList();
  }

  private static Map<String, Object> described(ZooModel model) {
    GraphSummary summary = GraphSummary.of(model.graph());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", model.name());
    result.put("input", model.input().sizes());
    result.put("classes", model.classes());
    result.put("parameters", summary.parameters());
    result.put("statistics", summary.statistics());
    result.put("multiply_adds", summary.multiplyAdds());
    result.put("published", published(model.published()));
    result.put("year", model.paper().year());
    result.put("source", model.paper().title());
    result.put("link", model.paper().link());
    result.put("choices", model.choices().stream().map(ZooReport::word).sorted().toList());
    result.put("preprocessing", preprocessing(model.preprocessing()));
    model.features().ifPresent(path -> result.put("features", path));
    model.classifier().ifPresent(path -> result.put("classifier", path));
    model
        .weights()
        .ifPresent(
            weights ->
                result.put(
                    "weights", Map.of("origin", weights.origin(), "licence", weights.licence())));
    model.hubWeights().ifPresent(weights -> result.put("hub", hub(weights)));
    return result;
  }

  private static Map<String, Object> hub(HubWeights weights) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("repository", weights.file().repository());
    result.put("revision", weights.file().revision());
    result.put("file", weights.file().name());
    weights.file().sha256().ifPresent(sha256 -> result.put("sha256", sha256));
    result.put("licence", weights.licence());
    result.put("interpolation", weights.interpolation());
    return result;
  }

  private static Map<String, Object> published(PublishedResults published) {
    Map<String, Object> result = new LinkedHashMap<>();
    put(result, "parameters", published.parameters());
    put(result, "multiply_adds", published.multiplyAdds());
    put(result, "imagenet_top1_percent", published.top1());
    return result;
  }

  private static void put(
      Map<String, Object> result, String name, Optional<PublishedFigure> figure) {
    figure.ifPresent(
        one -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("value", one.value());
          entry.put("source", one.source());
          result.put(name, entry);
        });
  }

  private static Map<String, Object> preprocessing(Preprocessing steps) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("shorter_side", steps.shorterSide());
    result.put("order", word(steps.order()));
    result.put("scale", steps.scale());
    result.put("mean", steps.mean());
    result.put("deviation", steps.std());
    return result;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
