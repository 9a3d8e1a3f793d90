package dev.trifocal.apps.report.training;

import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.section;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.trifocal.apps.report.NumberText;
import dev.trifocal.trainer.EpochRecord;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report's table of all epochs. */
final class EpochSection {
  private EpochSection() {}

  static List<DomContent> parts(List<EpochRecord> history) {
    if (history.isEmpty()) {
      return List.of();
    }
    List<String> metrics = List.copyOf(history.get(0).metrics().keySet());
    List<String> headings = new ArrayList<>(List.of("epoch"));
    headings.addAll(metrics.stream().map(ReportText::words).toList());
    headings.addAll(List.of("lr", "seconds"));
    return List.of(
        section(
            details(
                summary("All epochs"),
                div(table(
                            thead(tr(each(headings, name -> th(name).withClass("number")))),
                            tbody(each(history, epoch -> row(epoch, metrics))))
                        .withClass("wide"))
                    .withClass("scroll"))));
  }

  private static DomContent row(EpochRecord epoch, List<String> metrics) {
    return tr(
        td(String.valueOf(epoch.epoch())),
        each(
            metrics,
            name -> td(NumberText.precise(epoch.metrics().getOrDefault(name, Double.NaN)))),
        td(NumberText.rate(epoch.lr())),
        td(String.format(Locale.ROOT, "%.1f", epoch.seconds())));
  }
}
