package dev.trifocal.apps.report.training;

import static j2html.TagCreator.b;
import static j2html.TagCreator.body;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.document;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.style;
import static j2html.TagCreator.title;

import dev.trifocal.apps.report.EvaluationResult;
import j2html.tags.DomContent;
import j2html.tags.specialized.HeadTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The report as one self-contained page without scripts. */
record ReportPage(TrainingReport report) {
  String text() {
    List<DomContent> parts = new ArrayList<>(List.of(opening(), tiles()));
    parts.addAll(new CurveSection(report.curves()).parts());
    parts.addAll(report.predictions().sections());
    parts.add(facts());
    parts.addAll(EpochSection.parts(report.curves().history()));
    return document(
        html(headOf(), body(main(parts.toArray(DomContent[]::new)))).attr("lang", "en"));
  }

  private HeadTag headOf() {
    return head(
        meta().attr("charset", "utf-8"),
        meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
        title(report.title()),
        style(rawHtml(styles())));
  }

  private DomContent opening() {
    return header(h1(report.title()), p(report.subtitle()));
  }

  private DomContent tiles() {
    return div(each(report.scores(), score -> each(tiles(score).stream()))).withClass("tiles");
  }

  private static List<DomContent> tiles(EvaluationResult score) {
    List<DomContent> tiles = new ArrayList<>();
    score
        .metrics()
        .forEach(
            (name, value) ->
                tiles.add(
                    div(
                            b(ReportText.metric(name, value)),
                            span(score.split() + " " + ReportText.words(name)))
                        .withClass("tile")));
    return tiles;
  }

  private DomContent facts() {
    return section(
        h2("Settings and figures"),
        dl(each(report.facts(), fact -> div(dt(fact.label()), dd(fact.value())))));
  }

  private static String styles() {
    try (InputStream stream = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
