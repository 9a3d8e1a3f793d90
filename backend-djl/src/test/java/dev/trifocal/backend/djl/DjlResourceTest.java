package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.ResourceContract;

class DjlResourceTest extends ResourceContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
