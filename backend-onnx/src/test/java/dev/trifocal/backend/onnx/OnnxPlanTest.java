package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.PlanContract;

class OnnxPlanTest extends PlanContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
