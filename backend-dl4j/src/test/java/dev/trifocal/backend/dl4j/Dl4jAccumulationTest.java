package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.AccumulationContract;

class Dl4jAccumulationTest extends AccumulationContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
