package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.LayerContract;

class Dl4jLayerTest extends LayerContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
