package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.TransferContract;

class OnnxTransferTest extends TransferContract {
  @Override
  protected Backend backend() {
    return new OnnxBackend();
  }
}
