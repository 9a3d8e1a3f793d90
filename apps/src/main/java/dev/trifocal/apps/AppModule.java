package dev.trifocal.apps;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.multibindings.MapBinder;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.Backend;
import java.util.ServiceLoader;

/** Composes the program: the surroundings, and whatever backends are on the class path. */
final class AppModule extends AbstractModule {
  private final Terminal terminal;

  AppModule(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  protected void configure() {
    bind(Terminal.class).toInstance(terminal);
    MapBinder.newMapBinder(binder(), String.class, Backend.class);
    ServiceLoader.load(Module.class).forEach(this::install);
  }
}
