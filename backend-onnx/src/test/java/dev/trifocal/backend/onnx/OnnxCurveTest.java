package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.CurveContract;

class OnnxCurveTest extends CurveContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
