package dev.trifocal.backend.djl;

import dev.trifocal.error.ConfigurationException;
import java.util.Map;

/**
 * Configures DJL through system properties, which is the only way; values set by the user are kept.
 */
final class EngineProperties {
  /**
   * No downloads, no usage tracking, and one inter-op thread, because a graph is run operator by
   * operator; each operator is multithreaded itself.
   */
  static final Map<String, String> DEFAULTS =
      Map.of(
          "ai.djl.offline", "true",
          "OPT_OUT_TRACKING", "true",
          "ai.djl.pytorch.num_interop_threads", "1");

  /** Uses an array layout that most operators do not support. */
  static final String ONEDNN_LAYOUT = "ai.djl.pytorch.use_mkldnn";

  private EngineProperties() {}

  /**
   * Sets the properties; must be called before DJL's engine is used.
   *
   * @throws ConfigurationException if the user has set a property that prevents the engine from
   *     working
   */
  static void set() {
    if (Boolean.getBoolean(ONEDNN_LAYOUT)) {
      throw new ConfigurationException(
          "backend djl does not work with the system property %s; remove it: PyTorch uses oneDNN without it"
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
