package dev.trifocal.apps.report.training;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Loss and accuracy by epoch, side by side. */
record CurvePlot(TrainingReport report) {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 380;

  BufferedImage image() {
    List<MetricCurve> curves = MetricCurve.of(report.curves().history());
    return PlotFiles.drawn(
        WIDTH * curves.size(),
        HEIGHT,
        graphics -> curves.forEach(curve -> draw(graphics, curve, curves.indexOf(curve))));
  }

  private void draw(Graphics2D graphics, MetricCurve curve, int place) {
    Graphics2D part = (Graphics2D) graphics.create(place * WIDTH, 0, WIDTH, HEIGHT);
    chart(curve).paint(part, WIDTH, HEIGHT);
    part.dispose();
  }

  private XYChart chart(MetricCurve curve) {
    String name = ReportText.words(curve.metric());
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(name + title())
            .xAxisTitle("epoch")
            .build();
    style(chart.getStyler(), curve);
    add(chart, "training", curve.epochs(), curve.train(), PlotStyle.TRAIN);
    add(chart, "validation", curve.epochs(), curve.validation(), PlotStyle.VALIDATION);
    report.curves().firstFineTunedEpoch().ifPresent(epoch -> mark(chart, epoch));
    return chart;
  }

  private String title() {
    return report.curves().firstFineTunedEpoch().isPresent()
        ? " (dashed: start of fine-tuning)"
        : "";
  }

  private static void mark(XYChart chart, int epoch) {
    chart.addAnnotation(new AnnotationLine(epoch - 0.5, true, false));
  }

  private static void add(
      XYChart chart, String name, List<Integer> epochs, double[] values, Color colour) {
    if (DoubleStream.of(values).noneMatch(Double::isFinite)) {
      return;
    }
    double[] x = epochs.stream().mapToDouble(Integer::doubleValue).toArray();
    XYSeries series = chart.addSeries(name, x, values);
    series.setLineColor(colour).setLineStyle(new BasicStroke(2.2f));
    series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(colour);
  }

  private static void style(XYStyler styler, MetricCurve curve) {
    PlotAxis values = curve.axis();
    PlotAxis epochs = curve.epochAxis();
    styler.setLegendPosition(Styler.LegendPosition.InsideNE).setLegendBorderColor(PlotStyle.LINE);
    if (!curve.metric().equals("loss")) {
      styler.setLegendPosition(Styler.LegendPosition.InsideSE);
    }
    styler.setChartBackgroundColor(Color.WHITE).setChartTitleBoxVisible(false);
    styler.setChartTitleFont(PlotStyle.bold(15)).setLegendFont(PlotStyle.plain(12));
    styler.setPlotGridLinesColor(PlotStyle.LINE).setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotBorderVisible(false).setMarkerSize(5);
    styler.setAxisTickLabelsFont(PlotStyle.plain(12)).setAxisTitleFont(PlotStyle.plain(13));
    styler.setXAxisMin(epochs.low()).setXAxisMax(epochs.high());
    styler.setAnnotationLineColor(PlotStyle.QUIET).setAnnotationLineStroke(PlotStyle.dashed());
    styler.setXAxisDecimalPattern("0").setXAxisMaxLabelCount(8);
    styler.setYAxisMin(values.low()).setYAxisMax(values.high());
  }
}
