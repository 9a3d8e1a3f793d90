package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.AccumulationContract;

class OnnxAccumulationTest extends AccumulationContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
