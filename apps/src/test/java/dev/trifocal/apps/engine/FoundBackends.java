package dev.trifocal.apps.engine;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.BackendProvider;
import dev.trifocal.selection.Backends;
import java.util.List;

/** The backends on the class path, as the command line finds them. */
public final class FoundBackends {
  private FoundBackends() {}

  /** In the order of their names. */
  public static List<Backend> all() {
    return Backends.providers().stream().map(BackendProvider::create).toList();
  }
}
