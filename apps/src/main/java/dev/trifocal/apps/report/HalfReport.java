package dev.trifocal.apps.report;

import dev.trifocal.tensor.HalfPrecision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model before and after its weights were stored in 16 bits.
 *
 * @param float32 before
 * @param half after
 * @param rounding the largest difference of a weight, relative to the largest of its tensor
 * @param roundedIn the tensor with this difference; empty if no weight changed
 * @param zeroed the number of weights that became 0
 */
public record HalfReport(
    HalfPrecision format, Side float32, Side half, double rounding, String roundedIn, long zeroed) {
  private static final String FLOAT32 = "float32";

  /**
   * A model with its weights in one format.
   *
   * @param bytes the size of its file
   * @param results its results by split; empty if it was not evaluated
   */
  public record Side(long bytes, List<EvaluationResult> results) {
    public Side {
      results = List.copyOf(results);
    }
  }

  /** Returns a table, and what became of the weights. */
  public String text() {
    return table() + "\n" + weights();
  }

  private TextTable table() {
    TextTable table = new TextTable().text("weights").number("bytes");
    if (float32.results.isEmpty()) {
      return table
          .row(FLOAT32, NumberText.count(float32.bytes))
          .row(format, NumberText.count(half.bytes));
    }
    table.text("split").number("samples");
    List<String> metrics = List.copyOf(float32.results.get(0).metrics().keySet());
    metrics.forEach(table::number);
    for (int i = 0; i < float32.results.size(); i++) {
      table.row(cells(FLOAT32, float32.bytes, float32.results.get(i), metrics));
      table.row(cells(format.toString(), half.bytes, half.results.get(i), metrics));
    }
    return table;
  }

  private static Object[] cells(
      String weights, long bytes, EvaluationResult result, List<String> metrics) {
    List<Object> cells =
        new ArrayList<>(
            List.of(
                weights,
                NumberText.count(bytes),
                result.split(),
                NumberText.count(result.samples())));
    metrics.forEach(metric -> cells.add(NumberText.precise(result.metrics().get(metric))));
    return cells.toArray();
  }

  private String weights() {
    if (roundedIn.isEmpty()) {
      return "all weights kept their values";
    }
    String largest =
        "largest rounding: %s of the largest weight of its tensor, %s"
            .formatted(NumberText.rate(rounding), roundedIn);
    return zeroed == 0
        ? largest
        : "%s; %s weights became 0".formatted(largest, NumberText.count(zeroed));
  }

  /** Returns a map for JSON. */
  public Map<String, Object> asMap() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("half", format.toString());
    result.put("largestRounding", rounding);
    result.put("largestRoundingIn", roundedIn);
    result.put("becameZero", zeroed);
    result.put(FLOAT32, asMap(float32));
    result.put(format.toString(), asMap(half));
    return result;
  }

  private static Map<String, Object> asMap(Side side) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("bytes", side.bytes);
    result.put("results", side.results.stream().map(EvaluationResult::asMap).toList());
    return result;
  }
}
