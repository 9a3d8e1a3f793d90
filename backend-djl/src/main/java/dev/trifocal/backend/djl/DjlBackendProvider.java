package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.BackendProvider;

/** Starts the backend {@code djl}; found by service loading. */
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
