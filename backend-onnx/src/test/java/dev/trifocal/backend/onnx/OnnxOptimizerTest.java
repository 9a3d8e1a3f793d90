package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.OptimizerContract;

class OnnxOptimizerTest extends OptimizerContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
