package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.ResourceContract;

class Dl4jResourceTest extends ResourceContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
