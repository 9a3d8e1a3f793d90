package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.ObjectiveContract;

class OnnxObjectiveTest extends ObjectiveContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
