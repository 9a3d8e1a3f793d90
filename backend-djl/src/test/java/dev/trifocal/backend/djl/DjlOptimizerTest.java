package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.OptimizerContract;

class DjlOptimizerTest extends OptimizerContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
