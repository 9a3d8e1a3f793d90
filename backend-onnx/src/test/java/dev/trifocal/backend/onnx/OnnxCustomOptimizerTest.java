package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.CustomOptimizerContract;

class OnnxCustomOptimizerTest extends CustomOptimizerContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
