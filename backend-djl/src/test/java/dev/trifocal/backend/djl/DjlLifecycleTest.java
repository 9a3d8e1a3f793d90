package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.LifecycleContract;

class DjlLifecycleTest extends LifecycleContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
