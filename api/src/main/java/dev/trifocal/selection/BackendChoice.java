package dev.trifocal.selection;

import dev.trifocal.backend.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The backend chosen for a workload, and why.
 *
 * @param unit unit of the measurements: {@code step} or {@code batch}
 * @param measurements speed of each backend, fastest first; empty if only one backend started
 * @param skipped backends that could not be measured
 * @param remembered file that the choice was read from; empty if it was measured now
 */
public record BackendChoice(
    Backend backend,
    String unit,
    List<Measurement> measurements,
    List<SkippedBackend> skipped,
    Optional<Path> remembered) {
  public BackendChoice {
    measurements = List.copyOf(measurements);
    skipped = List.copyOf(skipped);
  }

  /**
   * Returns one line, such as {@code backend onnx: 41 ms per step (djl 55 ms, dl4j 380 ms;
   * remembered in choices.json)}.
   */
  public String text() {
    List<String> details = new ArrayList<>();
    List<String> others =
        measurements.stream().skip(1).map(one -> one.backend() + " " + one.duration()).toList();
    if (!others.isEmpty()) {
      details.add(String.join(", ", others));
    }
    skipped.forEach(one -> details.add("skipped " + one));
    remembered.ifPresent(file -> details.add("remembered in " + file));
    String why =
        measurements.isEmpty()
            ? "the only one available"
            : "%s per %s".formatted(measurements.get(0).duration(), unit);
    return "backend %s: %s%s"
        .formatted(
            backend.name(), why, details.isEmpty() ? "" : " (" + String.join("; ", details) + ")");
  }
}
