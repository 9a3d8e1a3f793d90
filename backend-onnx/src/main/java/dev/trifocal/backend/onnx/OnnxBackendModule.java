package dev.trifocal.backend.onnx;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.ModelFileRunner;

/**
 * Binds the backend {@code onnx} and its runner of model files by name, for applications that use
 * Guice.
 */
public final class OnnxBackendModule extends AbstractModule {
  @Override
  protected void configure() {
    OnnxBackendProvider provider = new OnnxBackendProvider();
    MapBinder.newMapBinder(binder(), String.class, Backend.class)
        .addBinding(provider.name())
        .toProvider(provider::create);
    MapBinder.newMapBinder(binder(), String.class, ModelFileRunner.class)
        .addBinding(provider.name())
        .toProvider(OnnxFileRunner::new);
  }
}
