package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.GarbageCollectionContract;

class DjlGarbageTest extends GarbageCollectionContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
