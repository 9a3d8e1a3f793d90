package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.CustomOptimizerContract;

class Dl4jCustomOptimizerTest extends CustomOptimizerContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
