package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.GarbageContract;

class OnnxGarbageTest extends GarbageContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
