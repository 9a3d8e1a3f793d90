package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.ResourceContract;

class OnnxResourceTest extends ResourceContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
