package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.RandomGraphContract;

class DjlRandomGraphTest extends RandomGraphContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
