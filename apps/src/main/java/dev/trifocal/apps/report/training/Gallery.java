package dev.trifocal.apps.report.training;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.img;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;

import dev.trifocal.apps.report.Numbers;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** Pictures with what they were taken for. */
record Gallery(Predictions predictions) {
  static List<DomContent> parts(Predictions predictions) {
    Gallery gallery = new Gallery(predictions);
    List<DomContent> parts = new ArrayList<>();
    long right = predictions.confusion().hits();
    long wrong = predictions.confusion().samples() - right;
    if (!predictions.wrong().isEmpty()) {
      parts.add(
          gallery.part(
              "Most wrong first", words(predictions.wrong(), wrong, "wrong"), predictions.wrong()));
    }
    if (!predictions.right().isEmpty()) {
      parts.add(
          gallery.part("Right", words(predictions.right(), right, "right"), predictions.right()));
    }
    return parts;
  }

  private static String words(List<PredictedPicture> shown, long all, String kind) {
    return shown.size() == all
        ? "All %s that the model got %s.".formatted(Numbers.count(all), kind)
        : "%d of the %s that the model got %s.".formatted(shown.size(), Numbers.count(all), kind);
  }

  private DomContent part(String heading, String words, List<PredictedPicture> pictures) {
    return section(h2(heading), p(words), div(each(pictures, this::shown)).withClass("gallery"));
  }

  private DomContent shown(PredictedPicture picture) {
    Thumbnail thumbnail = Thumbnail.of(picture.picture());
    return figure(
        img()
            .withSrc(thumbnail.uri())
            .withAlt(picture.name())
            .attr("width", thumbnail.width())
            .attr("height", thumbnail.height())
            .attr("loading", "lazy")
            .withCondClass(thumbnail.small(), "small"),
        figcaption(each(lines(picture), line -> line), span(picture.name()).withClass("name")));
  }

  /** What it was taken for; where that is wrong, also what it is. */
  private List<DomContent> lines(PredictedPicture picture) {
    String taken = Figures.name(predictions.classes(), picture.predicted());
    String is = Figures.name(predictions.classes(), picture.label());
    return picture.isRight()
        ? List.of(line("good", taken, picture.confidence()))
        : List.of(
            line("bad", taken, picture.confidence()),
            line("true", "is " + is, picture.labelProbability()));
  }

  private static DomContent line(String kind, String words, double probability) {
    return div(span(words).withClass(kind), span(Figures.percent(probability)));
  }
}
