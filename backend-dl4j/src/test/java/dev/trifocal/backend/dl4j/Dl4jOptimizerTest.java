package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.OptimizerContract;

class Dl4jOptimizerTest extends OptimizerContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
