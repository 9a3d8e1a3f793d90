package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.GarbageContract;

class Dl4jGarbageTest extends GarbageContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
