package dev.trifocal.backend.dl4j;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.trifocal.backend.Backend;

/** Contributes the backend {@code dl4j}; found by service loading. */
public final class Dl4jBackendModule extends AbstractModule {
  @Override
  protected void configure() {
    MapBinder.newMapBinder(binder(), String.class, Backend.class)
        .addBinding("dl4j")
        .to(Dl4jBackend.class);
  }
}
