package dev.trifocal.apps.engine;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.BackendProvider;
import dev.trifocal.backend.ModelFileRunner;
import dev.trifocal.config.EngineSettings;
import dev.trifocal.config.Suggestion;
import dev.trifocal.error.ConfigurationException;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The backends by name; each starts on first use. */
public final class BackendRegistry {
  private final Map<String, BackendProvider> providers;

  @Inject
  BackendRegistry(Map<String, BackendProvider> providers) {
    this.providers = new TreeMap<>(providers);
  }

  /**
   * Returns a backend.
   *
   * @throws ConfigurationException if the backend does not exist or its engine fails to start
   */
  public Backend backend(String name) {
    return started(name, provider(name)::create);
  }

  /**
   * Returns the backend of settings.
   *
   * @throws ConfigurationException if the backend does not exist, its engine fails to start, or it
   *     does not have the device
   */
  public Backend backend(EngineSettings settings) {
    Backend backend = backend(settings.backend());
    settings.options().requireSupportOf(backend);
    return backend;
  }

  /**
   * Returns a runner that executes model files unchanged on a backend's engine; empty if the engine
   * only runs graphs.
   *
   * @throws ConfigurationException if the backend does not exist or its engine fails to start
   */
  public Optional<ModelFileRunner> runner(String name) {
    return started(name, provider(name)::fileRunner);
  }

  List<BackendProvider> providers() {
    return List.copyOf(providers.values());
  }

  public List<String> names() {
    return List.copyOf(providers.keySet());
  }

  private BackendProvider provider(String name) {
    BackendProvider provider = providers.get(name);
    if (provider == null) {
      throw new ConfigurationException(
          "there is no backend '%s'%s; the backends are %s"
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
          "the backend %s failed to start: %s".formatted(name, e.getMessage()), e);
    }
  }
}
