package dev.trifocal.apps;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.BackendProvider;
import dev.trifocal.datasets.DatasetRegistry;
import dev.trifocal.selection.Backends;

/** Binds the terminal, the data sets and every backend on the class path. */
final class AppModule extends AbstractModule {
  private final Terminal terminal;
  private final DatasetRegistry datasets;

  AppModule(Terminal terminal, DatasetRegistry datasets) {
    this.terminal = terminal;
    this.datasets = datasets;
  }

  @Override
  protected void configure() {
    bind(Terminal.class).toInstance(terminal);
    bind(DatasetRegistry.class).toInstance(datasets);
    MapBinder<String, BackendProvider> backends =
        MapBinder.newMapBinder(binder(), String.class, BackendProvider.class);
    Backends.providers()
        .forEach(provider -> backends.addBinding(provider.name()).toInstance(provider));
  }
}
