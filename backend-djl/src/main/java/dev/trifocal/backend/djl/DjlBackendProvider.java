package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.BackendProvider;

/** Provides the backend {@code djl}; found by {@link java.util.ServiceLoader}. */
public final class DjlBackendProvider implements BackendProvider {
  @Override
  public String name() {
    return "djl";
  }

  @Override
  public Backend create() {
    return new DjlBackend();
  }
}
