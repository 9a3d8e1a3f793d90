package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.LossContract;

class OnnxLossTest extends LossContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
