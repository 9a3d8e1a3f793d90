package dev.trifocal.backend;

import java.util.Optional;

/**
 * Service-provider interface through which {@link dev.trifocal.selection.Backends} finds and starts
 * a backend. A backend's jar lists its provider, a public class with a public no-argument
 * constructor, in {@code META-INF/services/dev.trifocal.backend.BackendProvider}. Constructing a
 * provider does not start the engine.
 */
public interface BackendProvider {
  /** Returns the name of the backend, equal to {@link Backend#name}. */
  String name();

  /**
   * Starts the engine and returns its backend.
   *
   * @throws dev.trifocal.error.ConfigurationException if the engine does not start; if its native
   *     libraries are missing, the message names the artifact to add
   */
  Backend create();

  /**
   * Returns a runner that executes model files directly on this engine; empty if the engine runs
   * graphs only.
   *
   * @throws dev.trifocal.error.ConfigurationException if the engine does not start
   */
  default Optional<ModelFileRunner> fileRunner() {
    return Optional.empty();
  }
}
