package dev.trifocal.apps.engine;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.BackendProvider;
import dev.trifocal.backend.ModelFileRunner;
import dev.trifocal.config.Suggestion;
import dev.trifocal.error.ConfigurationException;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The backends by name; each starts when it is first asked for. */
public final class BackendRegistry {
  private final Map<String, BackendProvider> providers;

  @Inject
  BackendRegistry(Map<String, BackendProvider> providers) {
    this.providers = new TreeMap<>(providers);
  }

  /**
   * @throws ConfigurationException if there is no such backend, or if its engine does not start
   */
  public Backend backend(String name) {
    return started(name, provider(name)::create);
  }

  /**
   * What runs model files as they are on a backend's engine; empty if it runs graphs only.
   *
   * @throws ConfigurationException if there is no such backend, or if its engine does not start
   */
  public Optional<ModelFileRunner> runner(String name) {
    return started(name, provider(name)::fileRunner);
  }

  public List<String> names() {
    return List.copyOf(providers.keySet());
  }

  private BackendProvider provider(String name) {
    BackendProvider provider = providers.get(name);
    if (provider == null) {
      throw new ConfigurationException(
          "there is no backend '%s'%s; there are: %s"
              .formatted(
                  name,
                  Suggestion.didYouMean(name, providers.keySet()),
                  String.join(", ", providers.keySet())));
    }
    return provider;
  }

  private static <T> T started(String name, Supplier<T> start) {
    try {
      return start.get();
    } catch (ConfigurationException told) {
      throw told;
    } catch (RuntimeException | LinkageError e) {
      throw new ConfigurationException(
          "the backend %s does not start: %s".formatted(name, e.getMessage()), e);
    }
  }
}
