package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.InputContract;

class Dl4jInputTest extends InputContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
