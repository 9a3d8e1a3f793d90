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
import java.util.Map;

/** An image of a report's gallery, with what was predicted for it. */
final class ImageFigure {
  private ImageFigure() {}

  /**
   * @param name the name of the image's file
   * @param lines the lines below the image, from {@link #line}
   */
  static DomContent of(String name, Image image, List<DomContent> lines) {
    return of(name, image, Map.of(), lines);
  }

  /**
   * @param name the name of the image's file
   * @param details further pictures of the image by their captions
   * @param lines the lines below the pictures, from {@link #line}
   */
  static DomContent of(
      String name, Image image, Map<String, Image> details, List<DomContent> lines) {
    return figure(
        picture(image, name),
        each(
            details.entrySet(),
            detail ->
                div(
                        picture(detail.getValue(), detail.getKey() + ": " + name),
                        span(detail.getKey()))
                    .withClass("detail")),
        figcaption(each(lines, line -> line), span(name).withClass("name")));
  }

  private static DomContent picture(Image image, String alternative) {
    Thumbnail thumbnail = Thumbnail.of(image);
    return img()
        .withSrc(thumbnail.uri())
        .withAlt(alternative)
        .attr("width", thumbnail.width())
        .attr("height", thumbnail.height())
        .attr("loading", "lazy")
        .withCondClass(thumbnail.small(), "small");
  }

  /**
   * @param kind the style: {@code good}, {@code bad} or {@code true}
   */
  static DomContent line(String kind, String words, double probability) {
    return div(span(words).withClass(kind), span(ReportText.percent(probability)));
  }
}
