package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.GarbageCollectionContract;

class Dl4jGarbageTest extends GarbageCollectionContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
