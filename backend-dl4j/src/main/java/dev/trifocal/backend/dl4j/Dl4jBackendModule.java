package dev.trifocal.backend.dl4j;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.trifocal.backend.Backend;

/** Binds the backend {@code dl4j} by name, for applications that use Guice. */
public final class Dl4jBackendModule extends AbstractModule {
  @Override
  protected void configure() {
    Dl4jBackendProvider provider = new Dl4jBackendProvider();
    MapBinder.newMapBinder(binder(), String.class, Backend.class)
        .addBinding(provider.name())
        .toProvider(provider::create);
  }
}
