package dev.trifocal.apps.report.training;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.i;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.tfoot;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.trifocal.apps.report.NumberText;
import dev.trifocal.datasets.segmentation.ClassColours;
import dev.trifocal.metric.ClassScore;
import dev.trifocal.metric.ConfusionMatrix;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The report's table of the classes of a segmentation network, with bars of their IoU. */
record PixelSection(PixelPredictions predictions) {
  DomContent classes() {
    List<Integer> ids = IntStream.range(0, predictions.classes().size()).boxed().toList();
    ConfusionMatrix pixels = predictions.pixels();
    ClassScore mean = pixels.macro();
    return section(
        h2("Classes"),
        p(
            "%s pixels of %s. IoU is the part that actual and predicted pixels of a class have in common."
                .formatted(NumberText.count(pixels.samples()), predictions.split())),
        div(table(
                    thead(
                        tr(
                            th("class"),
                            number("IoU"),
                            th(),
                            number("precision"),
                            number("recall"),
                            number("pixels"))),
                    tbody(each(ids, this::row)),
                    tfoot(
                        tr(
                            th("mean").attr("scope", "row"),
                            td(NumberText.brief(pixels.meanIou())),
                            td(),
                            td(NumberText.brief(mean.precision())),
                            td(NumberText.brief(mean.recall())),
                            td(NumberText.count(mean.support())))))
                .withClass("wide"))
            .withClass("scroll"));
  }

  private DomContent row(int id) {
    ConfusionMatrix pixels = predictions.pixels();
    ClassScore score = pixels.score(id);
    boolean occurs = pixels.support(id) + pixels.taken(id) > 0;
    int colour = ClassColours.of(predictions.classes().size()).get(id);
    return tr(
        th(
                i().withClass("swatch").withStyle("--colour:#%06x".formatted(colour)),
                span(ReportText.name(predictions.classes(), id)))
            .attr("scope", "row"),
        td(occurs ? NumberText.brief(score.iou()) : "-"),
        td(i().withClass("bar").withStyle(String.format(Locale.ROOT, "--share:%.3f", score.iou()))),
        td(NumberText.brief(score.precision())),
        td(NumberText.brief(score.recall())),
        td(NumberText.count(score.support())));
  }

  private static DomContent number(String heading) {
    return th(heading).withClass("number");
  }
}
