package dev.trifocal.apps.report;

import dev.trifocal.config.OptimizerSettings;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphSummary;
import dev.trifocal.graph.MemoryEstimate;
import dev.trifocal.tensor.DataType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The layers of a graph and the memory it needs for inference and training.
 *
 * @param batch the number of samples per training step
 * @param optimizer the optimizer, whose state is included
 */
public record GraphReport(Graph graph, int batch, OptimizerSettings optimizer) {
  /** Formats the report as text. */
  public String text() {
    GraphSummary summary = GraphSummary.of(graph);
    return String.join(
        "\n",
        layers(summary).toString(),
        "",
        totals(summary).toString(),
        "",
        "Inference memory (one sample, float32):",
        amounts(inference()).toString(),
        "",
        "Training memory (batch size %s, %s, float32):".formatted(batch, optimizerName()),
        amounts(training()).toString());
  }

  /** Returns the report as a map for JSON. */
  public Map<String, Object> asMap() {
    GraphSummary summary = GraphSummary.of(graph);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", graph.name());
    result.put("layers", summary.rows().stream().map(GraphReport::layer).toList());
    result.put("parameters", summary.parameters());
    result.put("trainable", summary.trainable());
    result.put("statistics", summary.statistics());
    result.put("multiply_adds", summary.multiplyAdds());
    result.put("inference_bytes", inference());
    Map<String, Object> training = new LinkedHashMap<>();
    training.put("batch", batch);
    training.put("optimizer", optimizerName());
    training.putAll(training());
    result.put("training_bytes", training);
    return result;
  }

  /** Lists each layer if there are few, else blocks of layers. */
  private TextTable layers(GraphSummary summary) {
    List<GraphBlocks.Block> blocks = GraphBlocks.of(graph);
    return blocks.size() == graph.nodes().size() ? each(summary) : blocks(blocks);
  }

  private static TextTable blocks(List<GraphBlocks.Block> blocks) {
    TextTable table =
        new TextTable()
            .text("block")
            .text("layers")
            .text("output")
            .number("parameters")
            .number("multiply-adds");
    for (GraphBlocks.Block block : blocks) {
      List<GraphSummary.Row> rows = block.nodes().stream().map(GraphSummary.Row::of).toList();
      table.row(
          block.path(),
          kinds(rows),
          ShapeText.text(block.last().shape()),
          filled(rows, row -> row.parameters() + row.statistics()),
          filled(rows, GraphSummary.Row::multiplyAdds));
    }
    return table;
  }

  private static String kinds(List<GraphSummary.Row> rows) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    rows.forEach(row -> counts.merge(kind(row), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(one -> (one.getValue() == 1 ? "" : one.getValue() + " ") + one.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String filled(
      List<GraphSummary.Row> rows, ToLongFunction<GraphSummary.Row> column) {
    long sum = rows.stream().mapToLong(column).sum();
    return sum == 0 ? "" : NumberText.count(sum);
  }

  private static String kind(GraphSummary.Row row) {
    return row.kind() + (row.frozen() ? " (frozen)" : "");
  }

  private static TextTable each(GraphSummary summary) {
    TextTable table =
        new TextTable()
            .text("layer")
            .text("kind")
            .text("output")
            .number("bytes")
            .number("parameters");
    for (GraphSummary.Row row : summary.rows()) {
      table.row(
          row.path(),
          kind(row),
          ShapeText.text(row.shape()),
          NumberText.count(bytes(row)),
          row.parameters() + row.statistics() == 0
              ? ""
              : NumberText.count(row.parameters() + row.statistics()));
    }
    return table;
  }

  private static TextTable totals(GraphSummary summary) {
    TextTable table = new TextTable().text("total").number("");
    table.row("parameters", NumberText.count(summary.parameters()));
    if (summary.trainable() != summary.parameters()) {
      table.row("trainable parameters", NumberText.count(summary.trainable()));
    }
    if (summary.statistics() > 0) {
      table.row("running statistics", NumberText.count(summary.statistics()));
    }
    return table.row("multiply-adds per sample", NumberText.count(summary.multiplyAdds()));
  }

  private Map<String, Long> inference() {
    MemoryEstimate memory = MemoryEstimate.of(graph);
    Map<String, Long> result = new LinkedHashMap<>();
    result.put("activations", memory.peak());
    result.put("parameters", memory.parameters() + memory.statistics());
    result.put("total", memory.inference());
    return result;
  }

  private Map<String, Long> training() {
    int slots = optimizer.optimizer().slots().size();
    MemoryEstimate.Training memory = MemoryEstimate.of(graph).training(batch, slots);
    Map<String, Long> result = new LinkedHashMap<>();
    result.put("input", memory.input());
    result.put("activations", memory.activations());
    result.put("parameters", memory.parameters() + memory.statistics());
    result.put("gradients", memory.gradients());
    result.put("slots", memory.slots());
    result.put("total", memory.total());
    return result;
  }

  private static TextTable amounts(Map<String, Long> bytes) {
    TextTable table = new TextTable().text("memory").number("bytes").number("");
    bytes.forEach((what, amount) -> table.row(what, NumberText.count(amount), rounded(amount)));
    return table;
  }

  private String optimizerName() {
    return optimizer.kind().name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> layer(GraphSummary.Row row) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("path", row.path());
    result.put("kind", row.kind());
    result.put("shape", List.copyOf(row.shape().sizes()));
    result.put("bytes", bytes(row));
    result.put("parameters", row.parameters());
    result.put("statistics", row.statistics());
    result.put("multiply_adds", row.multiplyAdds());
    result.put("frozen", row.frozen());
    return result;
  }

  private static long bytes(GraphSummary.Row row) {
    return row.shape().elements() * DataType.FLOAT32.bytes();
  }

  private static String rounded(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / 1024.0 / 1024.0);
  }
}
