package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.LayerContract;

class DjlLayerTest extends LayerContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
