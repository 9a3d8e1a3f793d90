package dev.trifocal.trainer;

import java.util.ArrayList;
import java.util.List;

/** The file {@code history.csv}: a line for each epoch under a line of names. */
final class HistoryCsv {
  private HistoryCsv() {}

  static String write(List<EpochRecord> epochs) {
    if (epochs.isEmpty()) {
      return "";
    }
    List<String> metrics = List.copyOf(epochs.get(0).metrics().keySet());
    List<String> names = new ArrayList<>(List.of("epoch"));
    names.addAll(metrics);
    names.addAll(List.of("lr", "seconds"));
    StringBuilder text = new StringBuilder(String.join(",", names)).append('\n');
    for (EpochRecord epoch : epochs) {
      List<String> cells = new ArrayList<>(List.of(String.valueOf(epoch.epoch())));
      metrics.forEach(name -> cells.add(cell(epoch.metrics().getOrDefault(name, Double.NaN))));
      cells.add(cell(epoch.lr()));
      cells.add(cell(epoch.seconds()));
      text.append(String.join(",", cells)).append('\n');
    }
    return text.toString();
  }

  private static String cell(double value) {
    return Double.isFinite(value) ? String.valueOf(value) : "";
  }
}
