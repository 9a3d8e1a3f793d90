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
import dev.trifocal.metric.ConfusionMatrix;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The report's confusion matrix and the scores per class.
 *
 * @param split the name of the split, such as {@code validation}
 * @param classes the class names, by id
 * @param unit what is counted: samples or pixels
 */
record ConfusionSection(String split, List<String> classes, ConfusionMatrix matrix, String unit) {
  private static final int MOST_PAIRS = 20;
  private static final int MOST_ROWS = 50;
  private static final double STRONG = 0.55;

  List<DomContent> parts() {
    return List.of(confusions(), scores());
  }

  /** Returns the whole matrix if it is readable, otherwise the most frequent confusions. */
  DomContent confusions() {
    return new FrequentConfusions(matrix).isReadable() ? confusion() : pairs();
  }

  private DomContent confusion() {
    List<Integer> ids = IntStream.range(0, matrix.classes()).boxed().toList();
    return section(
        h2("Confusion matrix"),
        p(
            "Rows: actual classes of the %s %s of %s. Columns: predicted classes."
                .formatted(NumberText.count(matrix.samples()), unit, split)),
        div(table(
                    thead(
                        tr(
                            th("actual \\ predicted").withClass("corner"),
                            each(ids, id -> th(name(id)).attr("scope", "col")))),
                    tbody(each(ids, label -> row(label, ids))))
                .withClass("confusion"))
            .withClass("scroll"));
  }

  private DomContent row(int label, List<Integer> ids) {
    return tr(th(name(label)).attr("scope", "row"), each(ids, id -> cell(label, id)));
  }

  private DomContent cell(int label, int predicted) {
    long count = matrix.count(label, predicted);
    double share = count == 0 ? 0 : (double) count / matrix.support(label);
    String kind = count == 0 ? "zero" : label == predicted ? "hit" : "miss";
    return td(NumberText.count(count))
        .withClass(share > STRONG ? kind + " strong" : kind)
        .withStyle(String.format(Locale.ROOT, "--share:%.3f", share))
        .withTitle(ReportText.percent(share) + " of " + name(label));
  }

  private DomContent pairs() {
    return section(
        h2("Most frequent confusions"),
        p(
            "%s classes, %s %s of %s."
                .formatted(matrix.classes(), NumberText.count(matrix.samples()), unit, split)),
        div(table(
                    thead(tr(th("actual"), th("predicted"), number(unit), number("of its class"))),
                    tbody(each(new FrequentConfusions(matrix).pairs(MOST_PAIRS), this::pair)))
                .withClass("wide"))
            .withClass("scroll"));
  }

  private DomContent pair(FrequentConfusions.Pair pair) {
    double share = (double) pair.count() / matrix.support(pair.label());
    return tr(
        th(name(pair.label())),
        th(name(pair.predicted())),
        td(NumberText.count(pair.count())),
        td(ReportText.percent(share)));
  }

  private DomContent scores() {
    List<Integer> ids = new FrequentConfusions(matrix).worst(MOST_ROWS);
    String words =
        ids.size() == matrix.classes()
            ? "Accuracy on %s: %s.".formatted(split, ReportText.percent(matrix.accuracy()))
            : "The %s classes with the lowest F1; averages are over all classes."
                .formatted(ids.size());
    return section(
        h2("Classes"),
        p(words),
        div(table(
                    thead(
                        tr(
                            th("class"),
                            number("precision"),
                            number("recall"),
                            number("F1"),
                            number("support"))),
                    tbody(each(ids, id -> scoreRow(name(id), matrix.score(id)))),
                    tfoot(
                        scoreRow("macro average", matrix.macro()),
                        scoreRow("weighted average", matrix.weighted())))
                .withClass("wide"))
            .withClass("scroll"));
  }

  private static DomContent scoreRow(String name, ClassScore score) {
    return tr(
        th(name).attr("scope", "row"),
        td(NumberText.brief(score.precision())),
        td(NumberText.brief(score.recall())),
        td(NumberText.brief(score.f1())),
        td(NumberText.count(score.support())));
  }

  private static DomContent number(String heading) {
    return th(heading).withClass("number");
  }

  private String name(int id) {
    return ReportText.name(classes, id);
  }
}
