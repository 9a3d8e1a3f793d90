package dev.trifocal.backend.djl;

import dev.trifocal.error.ConfigurationException;
import java.util.Map;

/**
 * What DJL is told through system properties, its only way of being told; what the user has set
 * stays.
 */
final class EngineProperties {
  /**
   * No download, no report to DJL's makers, and one thread for operators side by side, since a
   * graph is run operator by operator; each of them has its own threads.
   */
  static final Map<String, String> DEFAULTS =
      Map.of(
          "ai.djl.offline", "true",
          "OPT_OUT_TRACKING", "true",
          "ai.djl.pytorch.num_interop_threads", "1");

  /** Lays arrays out so that most operators refuse them. */
  static final String ONEDNN_LAYOUT = "ai.djl.pytorch.use_mkldnn";

  private EngineProperties() {}

  /**
   * To be called before DJL's engine is touched.
   *
   * @throws ConfigurationException if the user has set what nothing works with
   */
  static void set() {
    if (Boolean.getBoolean(ONEDNN_LAYOUT)) {
      throw new ConfigurationException(
          "backend djl cannot work with the system property %s; take it away: PyTorch uses oneDNN without it"
              .formatted(ONEDNN_LAYOUT));
    }
    DEFAULTS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }
}
