package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.CustomOptimizerContract;

class DjlCustomOptimizerTest extends CustomOptimizerContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
