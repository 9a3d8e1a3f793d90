package dev.trifocal.apps.advice;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a remedy saves and costs.
 *
 * @param change what differs from the training as it is
 * @param figures its figures; empty if it is not possible
 * @param measured what it took; empty if it was not measured
 * @param note what it costs besides time, or why it is not possible
 */
record AdviceRow(
    String name,
    String change,
    Optional<Figures> figures,
    Optional<RemedyMeasurement> measured,
    String note) {
  /**
   * Figures of the changed network.
   *
   * @param parameters learned parameters
   * @param multiplyAdds multiply-adds of a forward pass for one sample
   * @param bytes predicted peak of a step above the idle process
   * @param runBytes that of a whole run, with saved states and validation
   */
  record Figures(long parameters, long multiplyAdds, long bytes, long runBytes) {}

  /** Returns the row with what was measured. */
  AdviceRow measured(RemedyMeasurement one) {
    return new AdviceRow(name, change, figures, Optional.of(one), note);
  }

  /** Returns the row with a reason why something is missing in it. */
  AdviceRow note(String other) {
    return new AdviceRow(name, change, figures, measured, other);
  }

  /** Returns the row for JSON. */
  Map<String, Object> asMap() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("remedy", name);
    result.put("change", change);
    figures.ifPresent(
        all -> {
          result.put("parameters", all.parameters());
          result.put("multiply_adds", all.multiplyAdds());
          result.put("predicted_bytes", all.bytes());
          result.put("predicted_run_bytes", all.runBytes());
        });
    measured.ifPresent(
        one -> {
          result.put("measured_bytes", one.bytes());
          result.put("milliseconds_per_step", one.milliseconds());
          result.put("first_loss", one.firstLoss());
          result.put("last_loss", one.lastLoss());
        });
    result.put("note", note);
    return result;
  }
}
