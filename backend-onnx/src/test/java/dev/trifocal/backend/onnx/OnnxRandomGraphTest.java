package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.RandomGraphContract;

class OnnxRandomGraphTest extends RandomGraphContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
