package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.RandomGraphContract;

class Dl4jRandomGraphTest extends RandomGraphContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
