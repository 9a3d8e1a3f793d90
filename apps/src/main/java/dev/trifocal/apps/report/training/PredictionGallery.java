package dev.trifocal.apps.report.training;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;

import dev.trifocal.apps.report.NumberText;
import dev.trifocal.image.Image;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report's galleries of wrong and right predictions. */
record PredictionGallery(Predictions predictions) {
  static List<DomContent> parts(Predictions predictions) {
    PredictionGallery predictionGallery = new PredictionGallery(predictions);
    List<DomContent> parts = new ArrayList<>();
    long right = predictions.confusion().hits();
    long wrong = predictions.confusion().samples() - right;
    if (!predictions.wrong().isEmpty()) {
      parts.add(
          predictionGallery.part(
              "Worst predictions",
              words(predictions.wrong(), wrong, "wrong"),
              predictions.wrong()));
    }
    if (!predictions.right().isEmpty()) {
      parts.add(
          predictionGallery.part(
              "Correct predictions",
              words(predictions.right(), right, "correct"),
              predictions.right()));
    }
    return parts;
  }

  private static String words(List<PredictedImage> shown, long all, String kind) {
    return shown.size() == all
        ? "All %s %s predictions.".formatted(NumberText.count(all), kind)
        : "%s of %s %s predictions.".formatted(shown.size(), NumberText.count(all), kind);
  }

  private DomContent part(String heading, String words, List<PredictedImage> images) {
    return section(h2(heading), p(words), div(each(images, this::shown)).withClass("gallery"));
  }

  private DomContent shown(PredictedImage image) {
    Map<String, Image> maps = new LinkedHashMap<>();
    image
        .maps()
        .forEach(
            map ->
                maps.put(
                    "what speaks for " + ReportText.name(predictions.classes(), map.label()),
                    map.picture()));
    return ImageFigure.of(image.name(), image.image(), maps, lines(image));
  }

  /** Returns the predicted class and, if that is wrong, the actual class. */
  private List<DomContent> lines(PredictedImage image) {
    String taken = ReportText.name(predictions.classes(), image.predicted());
    String is = ReportText.name(predictions.classes(), image.label());
    return image.isRight()
        ? List.of(ImageFigure.line("good", taken, image.confidence()))
        : List.of(
            ImageFigure.line("bad", taken, image.confidence()),
            ImageFigure.line("true", "actual: " + is, image.labelProbability()));
  }
}
