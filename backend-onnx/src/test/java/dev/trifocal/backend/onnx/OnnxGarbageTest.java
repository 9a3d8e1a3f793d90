package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.GarbageCollectionContract;

class OnnxGarbageTest extends GarbageCollectionContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
