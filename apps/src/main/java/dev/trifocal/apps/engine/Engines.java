package dev.trifocal.apps.engine;

import com.google.inject.Inject;
import com.google.inject.ProvisionException;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.ModelFileRunner;
import dev.trifocal.config.Suggestion;
import dev.trifocal.error.ConfigurationException;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The backends by name; each starts when it is first asked for. */
public final class Engines {
  private final Map<String, Provider<Backend>> backends;
  private final Map<String, Provider<ModelFileRunner>> runners;

  /**
   * @param runners of model files, under the names of their backends
   */
  @Inject
  Engines(Map<String, Provider<Backend>> backends, Map<String, Provider<ModelFileRunner>> runners) {
    this.backends = new TreeMap<>(backends);
    this.runners = Map.copyOf(runners);
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
    return started(name, provider);
  }

  /**
   * What runs model files as they are on a backend's engine; empty if it runs graphs only.
   *
   * @throws ConfigurationException if there is no such backend, or if its engine does not start
   */
  public Optional<ModelFileRunner> runner(String name) {
    if (!runners.containsKey(name)) {
      backend(name);
    }
    return Optional.ofNullable(runners.get(name)).map(provider -> started(name, provider));
  }

  public List<String> names() {
    return List.copyOf(backends.keySet());
  }

  private static <T> T started(String name, Provider<T> provider) {
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
}
