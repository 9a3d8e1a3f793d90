package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.InputContract;

class OnnxInputTest extends InputContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
