package dev.trifocal.apps.report.training;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.img;
import static j2html.TagCreator.span;

import dev.trifocal.image.Image;
import j2html.tags.DomContent;
import java.util.List;

/** An image of a report's gallery, with what was predicted for it. */
final class ImageFigure {
  private ImageFigure() {}

  /**
   * @param name the name of the image's file
   * @param lines the lines below the image, from {@link #line}
   */
  static DomContent of(String name, Image image, List<DomContent> lines) {
    Thumbnail thumbnail = Thumbnail.of(image);
    return figure(
        img()
            .withSrc(thumbnail.uri())
            .withAlt(name)
            .attr("width", thumbnail.width())
            .attr("height", thumbnail.height())
            .attr("loading", "lazy")
            .withCondClass(thumbnail.small(), "small"),
        figcaption(each(lines, line -> line), span(name).withClass("name")));
  }

  /**
   * @param kind the style: {@code good}, {@code bad} or {@code true}
   */
  static DomContent line(String kind, String words, double probability) {
    return div(span(words).withClass(kind), span(ReportText.percent(probability)));
  }
}
