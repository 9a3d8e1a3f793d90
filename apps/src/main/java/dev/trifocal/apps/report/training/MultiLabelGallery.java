package dev.trifocal.apps.report.training;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** The report's galleries of a multi-label model's wrong and right predictions. */
record MultiLabelGallery(MultiLabelPredictions predictions) {
  List<DomContent> sections() {
    List<DomContent> sections = new ArrayList<>();
    if (!predictions.wrong().isEmpty()) {
      sections.add(
          part(
              "Worst predictions",
              "Images with the most wrong or missing labels.",
              predictions.wrong()));
    }
    if (!predictions.right().isEmpty()) {
      sections.add(
          part(
              "Correct predictions",
              "Images of which every label is predicted, and no other.",
              predictions.right()));
    }
    return sections;
  }

  private DomContent part(String heading, String words, List<MultiLabelImage> images) {
    return section(h2(heading), p(words), div(each(images, this::shown)).withClass("gallery"));
  }

  private DomContent shown(MultiLabelImage image) {
    return ImageFigure.of(image.name(), image.image(), lines(image));
  }

  private List<DomContent> lines(MultiLabelImage image) {
    List<DomContent> lines = new ArrayList<>();
    image
        .right()
        .forEach(id -> lines.add(ImageFigure.line("good", name(id), image.probability(id))));
    image
        .wrong()
        .forEach(id -> lines.add(ImageFigure.line("bad", name(id), image.probability(id))));
    image
        .missed()
        .forEach(
            id ->
                lines.add(ImageFigure.line("true", "missed: " + name(id), image.probability(id))));
    if (lines.isEmpty()) {
      lines.add(div(span("no labels").withClass("good")));
    }
    return lines;
  }

  private String name(int id) {
    return ReportText.name(predictions.classes(), id);
  }
}
