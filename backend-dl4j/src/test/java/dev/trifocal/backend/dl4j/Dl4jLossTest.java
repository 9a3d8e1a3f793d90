package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.LossContract;

class Dl4jLossTest extends LossContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
