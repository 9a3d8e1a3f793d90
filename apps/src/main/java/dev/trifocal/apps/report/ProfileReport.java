package dev.trifocal.apps.report;

import dev.trifocal.profile.LayerTime;
import dev.trifocal.profile.OperatorTime;
import dev.trifocal.profile.Profile;
import dev.trifocal.profile.StepPhase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The report of a profile: times by operator and by layer.
 *
 * @param unit the profiled unit of work: {@code step} or {@code batch}
 */
public record ProfileReport(Profile profile, String unit) {
  /** The number of rows with a name in a table; the rest is added up in one row. */
  private static final int ROWS = 15;

  /** Formats the longest operators and layers as tables. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "Profile: %.1f ms per %s, mean of %d\n\n%s\n\n%s\n\n%s",
        profile.perStep(),
        unit,
        profile.steps(),
        operatorTable(),
        layerTable(),
        "Outside operators: data transfer, scheduling, memory management and the profiler.");
  }

  /** Returns all operators and layers as a JSON object. */
  public Map<String, Object> json() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("steps", profile.steps());
    result.put("milliseconds_per_" + unit, profile.perStep());
    result.put("outside_operators", profile.outside());
    result.put("operators", profile.operators().stream().map(this::json).toList());
    result.put("layers", profile.layers().stream().map(this::json).toList());
    return result;
  }

  private Map<String, Object> json(OperatorTime operator) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("operator", operator.operator());
    result.put("calls", operator.calls());
    result.put("milliseconds", operator.milliseconds());
    result.put("share", operator.milliseconds() / profile.perStep());
    return result;
  }

  private Map<String, Object> json(LayerTime layer) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("layer", name(layer));
    result.put("paths", layer.layers());
    layer.milliseconds().keySet().stream()
        .sorted()
        .forEach(phase -> result.put(heading(phase) + "_milliseconds", layer.in(phase)));
    result.put("milliseconds", layer.total());
    result.put("share", layer.total() / profile.perStep());
    return result;
  }

  private String operatorTable() {
    TextTable table = new TextTable().text("operator").number("calls").number("ms").number("share");
    List<OperatorTime> operators = profile.operators();
    for (OperatorTime operator : shown(operators)) {
      row(table, List.of(operator.operator(), calls(operator.calls())), operator.milliseconds());
    }
    List<OperatorTime> others = others(operators);
    if (!others.isEmpty()) {
      row(
          table,
          List.of(others(others.size()), calls(sum(others, OperatorTime::calls))),
          sum(others, OperatorTime::milliseconds));
    }
    return closed(table, List.of(""));
  }

  private String layerTable() {
    List<LayerTime> layers = profile.layers();
    List<StepPhase> phases = phases(layers);
    TextTable table = new TextTable().text("layer");
    phases.forEach(phase -> table.number(heading(phase)));
    table.number("ms").number("share");
    for (LayerTime layer : shown(layers)) {
      row(table, cells(name(layer), phases, layer::in), layer.total());
    }
    List<LayerTime> others = others(layers);
    if (!others.isEmpty()) {
      row(
          table,
          cells(others(others.size()), phases, phase -> sum(others, layer -> layer.in(phase))),
          sum(others, LayerTime::total));
    }
    return closed(table, phases.stream().map(phase -> "").toList());
  }

  /** Returns the phases that occur; none if there is only one, which needs no column. */
  private static List<StepPhase> phases(List<LayerTime> layers) {
    List<StepPhase> phases =
        Arrays.stream(StepPhase.values())
            .filter(phase -> layers.stream().anyMatch(l -> l.milliseconds().containsKey(phase)))
            .toList();
    return phases.size() == 1 ? List.of() : phases;
  }

  /** Adds the rows that make up the whole step. */
  private String closed(TextTable table, List<String> empty) {
    row(table, cells("outside operators", empty), profile.outside());
    row(table, cells("total", empty), profile.perStep());
    return table.toString();
  }

  private void row(TextTable table, List<String> cells, double milliseconds) {
    List<String> row = new ArrayList<>(cells);
    row.add(NumberText.milliseconds(milliseconds));
    row.add(NumberText.percent(milliseconds / profile.perStep()));
    table.row(row.toArray());
  }

  private static List<String> cells(String first, List<String> more) {
    List<String> result = new ArrayList<>(List.of(first));
    result.addAll(more);
    return result;
  }

  private static List<String> cells(
      String first, List<StepPhase> phases, ToDoubleFunction<StepPhase> time) {
    return cells(
        first,
        phases.stream().map(phase -> NumberText.milliseconds(time.applyAsDouble(phase))).toList());
  }

  private static String name(LayerTime layer) {
    return layer.layers().isEmpty() ? "(no layer)" : String.join(" + ", layer.layers());
  }

  private static String heading(StepPhase phase) {
    return switch (phase) {
      case FORWARD -> "forward";
      case BACKWARD -> "backward";
      case UPDATE -> "update";
      case UNKNOWN -> "unknown";
    };
  }

  private static String calls(double mean) {
    return mean == Math.rint(mean)
        ? NumberText.count((long) mean)
        : String.format(Locale.ROOT, "%.1f", mean);
  }

  private static String others(int count) {
    return count == 1 ? "1 other" : count + " others";
  }

  private static <T> List<T> shown(List<T> all) {
    return all.subList(0, Math.min(ROWS, all.size()));
  }

  private static <T> List<T> others(List<T> all) {
    return all.subList(Math.min(ROWS, all.size()), all.size());
  }

  private static <T> double sum(List<T> parts, ToDoubleFunction<T> value) {
    return parts.stream().mapToDouble(value).sum();
  }
}
