package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.LifecycleContract;

class Dl4jLifecycleTest extends LifecycleContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
