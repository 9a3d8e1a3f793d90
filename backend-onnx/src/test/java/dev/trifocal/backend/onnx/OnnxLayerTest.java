package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.LayerContract;

class OnnxLayerTest extends LayerContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
