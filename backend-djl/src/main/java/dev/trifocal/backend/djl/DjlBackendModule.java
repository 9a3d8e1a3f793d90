package dev.trifocal.backend.djl;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.trifocal.backend.Backend;

/** Contributes the backend {@code djl}; found by service loading. */
public final class DjlBackendModule extends AbstractModule {
  @Override
  protected void configure() {
    MapBinder.newMapBinder(binder(), String.class, Backend.class)
        .addBinding("djl")
        .toProvider(DjlBackend::new);
  }
}
