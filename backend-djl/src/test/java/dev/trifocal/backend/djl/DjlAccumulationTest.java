package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.AccumulationContract;

class DjlAccumulationTest extends AccumulationContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
