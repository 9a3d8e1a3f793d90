package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.UnsupportedContract;

class Dl4jUnsupportedTest extends UnsupportedContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
