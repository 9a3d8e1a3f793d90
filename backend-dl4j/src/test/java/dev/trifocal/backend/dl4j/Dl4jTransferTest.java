package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.TransferContract;

class Dl4jTransferTest extends TransferContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
