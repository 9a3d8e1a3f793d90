package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.GarbageContract;

class DjlGarbageTest extends GarbageContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
