package dev.trifocal.apps.report.training;

import j2html.TagCreator;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.Locale;
import java.util.OptionalInt;

/** A chart of one metric by epoch, in the colours of the page. */
record CurveSvg(MetricCurve curve, PlotAxis values, PlotAxis epochs, OptionalInt fineTuned) {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 300;
  private static final int LEFT = 56;
  private static final int RIGHT = WIDTH - 12;
  private static final int TOP = 22;
  private static final int BOTTOM = HEIGHT - 46;
  private static final int MOST_DOTS = 40;

  CurveSvg(MetricCurve curve, OptionalInt fineTuned) {
    this(curve, curve.axis(), curve.epochAxis(), fineTuned);
  }

  DomContent tag() {
    ContainerTag<?> svg =
        TagCreator.tag("svg")
            .attr("viewBox", "0 0 %s %s".formatted(WIDTH, HEIGHT))
            .attr("role", "img")
            .attr("aria-label", ReportText.words(curve.metric()) + " by epoch");
    fineTuned.ifPresent(epoch -> phase(svg, epoch));
    values.marks().forEach(mark -> valueMark(svg, mark));
    epochs
        .marks()
        .forEach(mark -> svg.with(text(x(mark), BOTTOM + 19, "middle", epochs.label(mark))));
    svg.with(text((LEFT + RIGHT) / 2.0, HEIGHT - 5, "middle", "epoch"));
    line(svg, "train", curve.train());
    line(svg, "validation", curve.validation());
    return svg;
  }

  private void valueMark(ContainerTag<?> svg, double mark) {
    svg.with(
        element("line", "grid")
            .attr("x1", LEFT)
            .attr("x2", RIGHT)
            .attr("y1", number(y(mark)))
            .attr("y2", number(y(mark))),
        text(LEFT - 8, y(mark) + 4.5, "end", values.label(mark)));
  }

  /** Marks the start of fine-tuning, between two epochs. */
  private void phase(ContainerTag<?> svg, int epoch) {
    String start = number(x(epoch - 0.5));
    svg.with(
        element("rect", "phase")
            .attr("x", start)
            .attr("y", TOP)
            .attr("width", number(RIGHT - x(epoch - 0.5)))
            .attr("height", BOTTOM - TOP),
        element("line", "mark")
            .attr("data-epoch", epoch)
            .attr("x1", start)
            .attr("x2", start)
            .attr("y1", TOP)
            .attr("y2", BOTTOM),
        text(x(epoch - 0.5), TOP - 6, "middle", "fine-tuning"));
  }

  private void line(ContainerTag<?> svg, String kind, double[] points) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < points.length; i++) {
      if (Double.isFinite(points[i])) {
        path.append(drawing ? "L" : "M").append(number(x(epoch(i)))).append(' ');
        path.append(number(y(points[i]))).append(' ');
      }
      drawing = Double.isFinite(points[i]);
    }
    svg.with(element("path", "curve " + kind).attr("d", path.toString().strip()));
    for (int i = 0; i < points.length && points.length <= MOST_DOTS; i++) {
      if (Double.isFinite(points[i])) {
        svg.with(dot(kind, i, points[i]));
      }
    }
  }

  private DomContent dot(String kind, int i, double value) {
    String words =
        "epoch %s, %s: %s".formatted(epoch(i), kind, ReportText.metric(curve.metric(), value));
    return element("circle", kind)
        .attr("cx", number(x(epoch(i))))
        .attr("cy", number(y(value)))
        .attr("r", 3)
        .with(TagCreator.tag("title").withText(words));
  }

  private int epoch(int i) {
    return curve.epochs().get(i);
  }

  private double x(double epoch) {
    return LEFT + epochs.share(epoch) * (RIGHT - LEFT);
  }

  private double y(double value) {
    return BOTTOM - values.share(value) * (BOTTOM - TOP);
  }

  private static ContainerTag<?> element(String name, String kind) {
    return TagCreator.tag(name).withClass(kind);
  }

  private static DomContent text(double x, double y, String anchor, String words) {
    return TagCreator.tag("text")
        .attr("x", number(x))
        .attr("y", number(y))
        .attr("text-anchor", anchor)
        .withText(words);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
