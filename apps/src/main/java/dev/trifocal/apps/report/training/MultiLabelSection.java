package dev.trifocal.apps.report.training;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.tfoot;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.trifocal.apps.report.NumberText;
import dev.trifocal.metric.ClassScore;
import j2html.tags.DomContent;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The report's table of a multi-label model's scores per class. */
record MultiLabelSection(MultiLabelPredictions predictions) {
  DomContent scores() {
    List<Integer> ids = IntStream.range(0, predictions.classes().size()).boxed().toList();
    return section(
        h2("Classes"),
        p(
            "%s samples of %s. A class is predicted if its probability is above 0.5; the average precision does not depend on that."
                .formatted(NumberText.count(predictions.scores().samples()), predictions.split())),
        div(table(
                    thead(
                        tr(
                            th("class"),
                            number("average precision"),
                            number("precision"),
                            number("recall"),
                            number("F1"),
                            number("support"))),
                    tbody(each(ids, this::row)),
                    tfoot(
                        row(
                            "mean",
                            predictions.scores().meanAveragePrecision(),
                            predictions.scores().macro())))
                .withClass("wide"))
            .withClass("scroll"));
  }

  private DomContent row(int id) {
    return row(
        ReportText.name(predictions.classes(), id),
        predictions.scores().averagePrecision(id),
        predictions.scores().score(id));
  }

  private static DomContent row(String name, OptionalDouble averagePrecision, ClassScore score) {
    return tr(
        th(name).attr("scope", "row"),
        td(averagePrecision.isPresent() ? NumberText.brief(averagePrecision.getAsDouble()) : "-"),
        td(NumberText.brief(score.precision())),
        td(NumberText.brief(score.recall())),
        td(NumberText.brief(score.f1())),
        td(NumberText.count(score.support())));
  }

  private static DomContent number(String heading) {
    return th(heading).withClass("number");
  }
}
