package dev.trifocal.apps.report.training;

import dev.trifocal.trainer.LearningRateSweep;
import java.awt.BasicStroke;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A plot of loss against learning rate, on a logarithmic axis, with the suggested rate marked. */
public record LearningRatePlot(LearningRateSweep trial) {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 440;

  /**
   * Writes a PNG file.
   *
   * @return a note to the user if the file could not be drawn
   */
  public Optional<String> write(Path file) {
    return PlotFiles.write(
        Map.of(
            file,
            () ->
                PlotFiles.drawn(
                    WIDTH, HEIGHT, graphics -> chart().paint(graphics, WIDTH, HEIGHT))));
  }

  private XYChart chart() {
    List<LearningRateSweep.Point> points = trial.points();
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("loss by learning rate (dashed: steepest descent)")
            .xAxisTitle("learning rate")
            .build();
    double[] rates = points.stream().mapToDouble(LearningRateSweep.Point::rate).toArray();
    double[] smoothed = points.stream().mapToDouble(LearningRateSweep.Point::smoothed).toArray();
    chart
        .addSeries("smoothed loss", rates, smoothed)
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(PlotStyle.TRAIN)
        .setLineStyle(new BasicStroke(2.2f));
    trial.steepest().ifPresent(rate -> chart.addAnnotation(new AnnotationLine(rate, true, false)));
    style(chart.getStyler());
    return chart;
  }

  private static void style(XYStyler styler) {
    styler.setXAxisLogarithmic(true);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartTitleBoxVisible(false);
    styler.setLegendVisible(false);
    styler.setPlotGridLinesColor(PlotStyle.LINE);
    styler.setPlotBorderVisible(false);
    styler.setAnnotationLineColor(PlotStyle.QUIET);
    styler.setAnnotationLineStroke(PlotStyle.dashed());
  }
}
