package dev.trifocal.backend.djl;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.trifocal.backend.Backend;

/** Binds the backend {@code djl} by name, for applications that use Guice. */
public final class DjlBackendModule extends AbstractModule {
  @Override
  protected void configure() {
    DjlBackendProvider provider = new DjlBackendProvider();
    MapBinder.newMapBinder(binder(), String.class, Backend.class)
        .addBinding(provider.name())
        .toProvider(provider::create);
  }
}
