package dev.trifocal.apps;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.multibindings.MapBinder;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.ModelFileRunner;
import dev.trifocal.datasets.DatasetRegistry;
import java.util.ServiceLoader;

/** Composes the program: the surroundings, and whatever backends are on the class path. */
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
    MapBinder.newMapBinder(binder(), String.class, Backend.class);
    MapBinder.newMapBinder(binder(), String.class, ModelFileRunner.class);
    ServiceLoader.load(Module.class).forEach(this::install);
  }
}
