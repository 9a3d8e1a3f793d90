package dev.trifocal.apps.report.training;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.i;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;

import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;

/** The report's loss and accuracy curves, if there was training. */
record CurveSection(MetricCurves curves) {
  List<DomContent> parts() {
    if (curves.history().isEmpty()) {
      return List.of();
    }
    return List.of(
        section(
            h2("Curves"),
            p(words()),
            div(each(MetricCurve.of(curves.history()), this::chart)).withClass("charts")));
  }

  private String words() {
    return curves.firstFineTunedEpoch().isEmpty()
        ? "Training values are averages over each epoch, during which the weights change;"
            + " validation values, if any, are computed at its end."
        : "At first only the new head was trained; from epoch %s, layers of the base were trained too."
            .formatted(curves.firstFineTunedEpoch().getAsInt());
  }

  private DomContent chart(MetricCurve curve) {
    String name = ReportText.words(curve.metric());
    return figure(
        h3(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)),
        div(
                span(i().withClass("train"), span("training")),
                span(i().withClass("validation"), span("validation")))
            .withClass("legend"),
        new CurveSvg(curve, curves.firstFineTunedEpoch()).tag());
  }
}
