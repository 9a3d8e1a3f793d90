package dev.trifocal.backend;

import java.util.Optional;

/**
 * How an engine is found and started. An engine's jar names its provider, a public class with a
 * constructor without parameters, in {@code
 * META-INF/services/dev.trifocal.backend.BackendProvider}; {@link Backends} reads it. Making a
 * provider starts nothing.
 */
public interface BackendProvider {
  /** The word in the configuration, {@link Backend#name}. */
  String name();

  /**
   * The backend, with its engine started.
   *
   * @throws dev.trifocal.error.ConfigurationException if the engine does not start, with the
   *     artifact to add where its native libraries are missing
   */
  Backend create();

  /**
   * What runs model files as they are on this engine; empty if it runs graphs only.
   *
   * @throws dev.trifocal.error.ConfigurationException as {@link #create} does
   */
  default Optional<ModelFileRunner> fileRunner() {
    return Optional.empty();
  }
}
