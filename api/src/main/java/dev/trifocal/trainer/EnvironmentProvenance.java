package dev.trifocal.trainer;

import dev.trifocal.backend.Backend;
import dev.trifocal.version.TrifocalVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records in a run's progress which software it uses, as part of a model's origin. A run that
 * resumes elsewhere lists its environments in order: {@code ONNX Runtime 1.29.0, then PyTorch
 * 2.7.1}.
 */
public final class EnvironmentProvenance {
  /** Keys that describe the host rather than the software that determines the results. */
  public static final List<String> HOST = List.of("java", "system");

  private static final String THEN = ", then ";

  private EnvironmentProvenance() {}

  static TrainingProgress of(TrainingProgress progress, Backend backend) {
    Map<String, String> now = new LinkedHashMap<>();
    now.put("trifocal", TrifocalVersion.text());
    now.put("engine", backend.engine());
    now.put("java", property("java.vendor") + " " + property("java.runtime.version"));
    now.put(
        "system", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
    Map<String, String> all = new LinkedHashMap<>(progress.provenance());
    now.forEach((key, value) -> all.merge(key, value, EnvironmentProvenance::joined));
    return progress.provenance(all);
  }

  private static String joined(String before, String now) {
    return before.equals(now) || before.endsWith(THEN + now) ? before : before + THEN + now;
  }

  private static String property(String name) {
    return System.getProperty(name);
  }
}
