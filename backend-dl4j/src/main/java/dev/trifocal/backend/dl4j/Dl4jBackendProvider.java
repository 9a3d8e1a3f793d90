package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.BackendProvider;

/** Provides the backend {@code dl4j}; found by {@link java.util.ServiceLoader}. */
public final class Dl4jBackendProvider implements BackendProvider {
  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public Backend create() {
    return new Dl4jBackend();
  }
}
