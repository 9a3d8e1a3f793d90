package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.UnsupportedContract;

class OnnxUnsupportedTest extends UnsupportedContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
