package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.LifecycleContract;

class OnnxLifecycleTest extends LifecycleContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
