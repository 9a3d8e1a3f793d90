package dev.trifocal.backend.onnx;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.ModelFileRunner;

/** Contributes the backend {@code onnx}, which also runs files; found by service loading. */
public final class OnnxBackendModule extends AbstractModule {
  @Override
  protected void configure() {
    MapBinder.newMapBinder(binder(), String.class, Backend.class)
        .addBinding("onnx")
        .to(OnnxBackend.class);
    MapBinder.newMapBinder(binder(), String.class, ModelFileRunner.class)
        .addBinding("onnx")
        .to(OnnxFileRunner.class);
  }
}
