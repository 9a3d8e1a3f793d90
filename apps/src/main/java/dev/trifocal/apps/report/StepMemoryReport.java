package dev.trifocal.apps.report;

import dev.trifocal.backend.StepMemory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The predicted memory of a training step on engines, side by side.
 *
 * @param predictions predictions by the name of the backend
 */
public record StepMemoryReport(Map<String, StepMemory> predictions) {
  private static final String TOTAL = "total";

  /** Formats the report as text, in MiB. */
  public String text() {
    TextTable table = new TextTable().text("MiB");
    predictions.keySet().forEach(table::number);
    predictions.values().stream()
        .findFirst()
        .ifPresent(first -> first.parts().keySet().forEach(part -> table.row(row(part))));
    table.row(row(TOTAL));
    return "Training memory at the peak of a step, predicted for each engine:\n" + table;
  }

  /** Returns the report as a map for JSON, in bytes. */
  public Map<String, Object> asMap() {
    Map<String, Object> result = new LinkedHashMap<>();
    predictions.forEach(
        (backend, memory) -> {
          Map<String, Long> bytes = new LinkedHashMap<>(memory.parts());
          bytes.put(TOTAL, memory.total());
          result.put(backend, bytes);
        });
    return result;
  }

  private Object[] row(String part) {
    Object[] cells = new Object[predictions.size() + 1];
    cells[0] = part;
    int column = 1;
    for (StepMemory memory : predictions.values()) {
      long bytes = part.equals(TOTAL) ? memory.total() : memory.parts().get(part);
      cells[column++] = NumberText.mebibytes(bytes);
    }
    return cells;
  }
}
