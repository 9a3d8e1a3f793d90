package dev.trifocal.apps.report.training;

import dev.trifocal.metric.ConfusionMatrix;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.HeatMapStyler;

/** The confusion matrix as a heat map, with numbers if there are few classes. */
record ConfusionPlot(Predictions predictions) {
  private static final int CELL = 56;
  private static final int SMALLEST = 420;
  private static final int LARGEST = 1400;
  private static final int ROOM = 220;

  BufferedImage image() {
    int classes = predictions.confusion().classes();
    int side = Math.min(LARGEST, Math.max(SMALLEST, CELL * classes)) + ROOM;
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(side)
            .height(side)
            .title("Confusion matrix, " + predictions.split())
            .xAxisTitle("predicted")
            .yAxisTitle("actual")
            .build();
    style(chart.getStyler());
    chart.addSeries("samples", names(), reversed(names()), cells());
    return PlotFiles.drawn(side, side, graphics -> chart.paint(graphics, side, side));
  }

  private void style(HeatMapStyler styler) {
    ConfusionMatrix confusion = predictions.confusion();
    boolean readable = new FrequentConfusions(confusion).isReadable();
    long most =
        IntStream.range(0, confusion.classes()).mapToLong(confusion::support).max().orElse(1);
    styler.setChartBackgroundColor(Color.WHITE).setChartTitleFont(PlotStyle.bold(16));
    styler.setAxisTickLabelsFont(PlotStyle.plain(12)).setAxisTitleFont(PlotStyle.plain(14));
    styler.setXAxisLabelRotation(confusion.classes() > 4 ? 60 : 0);
    styler.setAxisTicksVisible(readable).setPlotGridLinesVisible(false);
    styler.setChartTitleBoxVisible(false).setLegendVisible(false);
    styler
        .setShowValue(readable)
        .setValueFont(PlotStyle.bold(14))
        .setHeatMapValueDecimalPattern("0");
    styler.setDrawBorder(true).setMin(0).setMax(Math.max(1, most));
    // Light colours only, so that black numbers stay readable.
    styler.setRangeColors(new Color[] {Color.WHITE, new Color(0x7aa7ff)});
  }

  private List<Number[]> cells() {
    ConfusionMatrix confusion = predictions.confusion();
    int classes = confusion.classes();
    List<Number[]> cells = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      for (int taken = 0; taken < classes; taken++) {
        // The vertical axis points up, but the first class belongs at the top.
        cells.add(new Number[] {taken, classes - 1 - label, confusion.count(label, taken)});
      }
    }
    return cells;
  }

  private List<String> names() {
    return IntStream.range(0, predictions.confusion().classes())
        .mapToObj(id -> ReportText.name(predictions.classes(), id))
        .toList();
  }

  private static List<String> reversed(List<String> names) {
    List<String> result = new ArrayList<>(names);
    Collections.reverse(result);
    return result;
  }
}
