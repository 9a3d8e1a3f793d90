package dev.trifocal.apps.advice;

import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Remedies side by side, the training as it is first.
 *
 * @param available memory that a run may take above the idle process; empty for no limit
 */
record AdviceReport(List<AdviceRow> rows, OptionalLong available) {
  private static final String NOTHING = "-";

  String text() {
    boolean measured = rows.stream().anyMatch(row -> row.measured().isPresent());
    TextTable table =
        new TextTable()
            .text("remedy")
            .text("change")
            .number("parameters")
            .number("work")
            .number("MiB")
            .number("saves");
    if (available.isPresent()) {
      table.number("run").text("fits");
    }
    if (measured) {
      table.number("measured").number("ms/step").number("loss");
    }
    table.text("note");
    rows.forEach(row -> table.row(cells(row, measured)));
    return table.toString();
  }

  List<Map<String, Object>> asList() {
    return rows.stream().map(this::asMap).toList();
  }

  private Map<String, Object> asMap(AdviceRow row) {
    Map<String, Object> result = new LinkedHashMap<>(row.asMap());
    if (available.isPresent() && row.figures().isPresent()) {
      result.put("fits", row.figures().get().runBytes() <= available.getAsLong());
    }
    return result;
  }

  private Object[] cells(AdviceRow row, boolean measured) {
    List<Object> cells = new ArrayList<>(List.of(row.name(), row.change()));
    Optional<AdviceRow.Figures> figures = row.figures();
    cells.add(shown(figures.map(one -> NumberText.count(one.parameters()))));
    cells.add(shown(figures.map(this::work)));
    cells.add(shown(figures.map(one -> NumberText.mebibytes(one.bytes()))));
    cells.add(row.name().equals(Remedies.AS_IS) ? NOTHING : shown(figures.map(this::saved)));
    if (available.isPresent()) {
      cells.add(shown(figures.map(one -> NumberText.mebibytes(one.runBytes()))));
      cells.add(shown(figures.map(one -> one.runBytes() <= available.getAsLong() ? "yes" : "no")));
    }
    if (measured) {
      cells.add(shown(row.measured().map(one -> NumberText.mebibytes(one.bytes()))));
      cells.add(
          shown(
              row.measured().map(one -> String.format(Locale.ROOT, "%,.0f", one.milliseconds()))));
      cells.add(
          shown(
              row.measured()
                  .map(
                      one ->
                          "%s -> %s"
                              .formatted(
                                  String.format(Locale.ROOT, "%.3f", one.firstLoss()),
                                  String.format(Locale.ROOT, "%.3f", one.lastLoss())))));
    }
    cells.add(row.note());
    return cells.toArray();
  }

  private String work(AdviceRow.Figures figures) {
    return String.format(
        Locale.ROOT,
        "%.2f",
        (double) figures.multiplyAdds() / Math.max(1, asItIs().multiplyAdds()));
  }

  private String saved(AdviceRow.Figures figures) {
    return String.format(
        Locale.ROOT, "%.0f %%", 100 * (1 - (double) figures.bytes() / asItIs().bytes()));
  }

  private AdviceRow.Figures asItIs() {
    return rows.get(0).figures().orElseThrow();
  }

  private static String shown(Optional<String> text) {
    return text.orElse(NOTHING);
  }
}
