package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.LossContract;

class DjlLossTest extends LossContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
