package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.BackendProvider;
import dev.trifocal.backend.ModelFileRunner;
import java.util.Optional;

/**
 * Provides the backend {@code onnx}, which also runs model files; found by {@link
 * java.util.ServiceLoader}.
 */
public final class OnnxBackendProvider implements BackendProvider {
  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public Backend create() {
    return new OnnxBackend();
  }

  @Override
  public Optional<ModelFileRunner> fileRunner() {
    return Optional.of(new OnnxFileRunner());
  }
}
