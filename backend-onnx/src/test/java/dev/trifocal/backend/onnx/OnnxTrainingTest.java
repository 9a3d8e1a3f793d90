package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.TrainingContract;

class OnnxTrainingTest extends TrainingContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
