package dev.trifocal.backend.onnx;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.trifocal.backend.Backend;

/** Contributes the backend {@code onnx}; found by service loading. */
public final class OnnxBackendModule extends AbstractModule {
  @Override
  protected void configure() {
    MapBinder.newMapBinder(binder(), String.class, Backend.class)
        .addBinding("onnx")
        .to(OnnxBackend.class);
  }
}
