package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.TransferContract;

class DjlTransferTest extends TransferContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
