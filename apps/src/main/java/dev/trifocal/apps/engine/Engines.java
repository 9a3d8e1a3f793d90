package dev.trifocal.apps.engine;

import com.google.inject.Inject;
import com.google.inject.ProvisionException;
import dev.trifocal.backend.Backend;
import dev.trifocal.config.Suggestion;
import dev.trifocal.error.ConfigurationException;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The backends by name; each starts when it is first asked for. */
public final class Engines {
  private final Map<String, Provider<Backend>> backends;

  @Inject
  Engines(Map<String, Provider<Backend>> backends) {
    this.backends = new TreeMap<>(backends);
  }

  /**
   * @throws ConfigurationException if there is no such backend, or if its engine does not start
   */
  public Backend backend(String name) {
    Provider<Backend> provider = backends.get(name);
    if (provider == null) {
      throw new ConfigurationException(
          "there is no backend '%s'%s; there are: %s"
              .formatted(
                  name,
                  Suggestion.didYouMean(name, backends.keySet()),
                  String.join(", ", backends.keySet())));
    }
    try {
      return provider.get();
    } catch (ProvisionException e) {
      if (e.getCause() instanceof ConfigurationException told) {
        throw told;
      }
      throw new ConfigurationException(
          "the backend %s does not start: %s".formatted(name, e.getCause().getMessage()), e);
    }
  }

  public List<String> names() {
    return List.copyOf(backends.keySet());
  }
}
